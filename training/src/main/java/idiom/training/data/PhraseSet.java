package idiom.training.data;

import static idiom.engine.pianoroll.PianoRoll.CELLS;
import static idiom.engine.pianoroll.PianoRoll.PACKED_BYTES;

import idiom.engine.pianoroll.PianoRoll;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Phrases of 64 steps by 84 pitches, bit-packed as in the papers' data ({@link PianoRoll#ofPacked}), with what is known
 * about each. Immutable; [any]. 672 bytes a phrase.
 */
public final class PhraseSet {
    private final byte[] packed;
    private final @Nullable List<PhraseRow> rows;

    private PhraseSet(byte[] packed, @Nullable List<PhraseRow> rows) {
        this.packed = packed;
        this.rows = rows;
    }

    /** Phrases of which nothing is known but their cells; copies. */
    public static PhraseSet ofPacked(byte[] packed) {
        return adopt(packed.clone(), null);
    }

    /** Phrases and the table beside them, one line each; copies. */
    public static PhraseSet ofPacked(byte[] packed, List<PhraseRow> rows) {
        return adopt(packed.clone(), List.copyOf(rows));
    }

    /** Phrases from rolls. */
    public static PhraseSet ofRolls(List<PianoRoll> rolls) {
        byte[] packed = new byte[Math.multiplyExact(rolls.size(), PACKED_BYTES)];
        int at = 0;
        for (PianoRoll roll : rolls) {
            roll.pack(packed, at);
            at += PACKED_BYTES;
        }
        return adopt(packed, null);
    }

    /** As {@code ofPacked}, for callers that give the arrays away. */
    static PhraseSet adopt(byte[] packed, @Nullable List<PhraseRow> rows) {
        if (packed.length % PACKED_BYTES != 0) {
            throw new IllegalArgumentException(
                    "phrases must be a multiple of " + PACKED_BYTES + " bytes: length=" + packed.length);
        }
        if (rows != null && rows.size() != packed.length / PACKED_BYTES) {
            throw new IllegalArgumentException(
                    "one table row per phrase: rows=" + rows.size() + " phrases=" + packed.length / PACKED_BYTES);
        }
        return new PhraseSet(packed, rows);
    }

    /** Number of phrases. */
    public int size() {
        return packed.length / PACKED_BYTES;
    }

    /** Phrase {@code i}. */
    public PianoRoll roll(int i) {
        return PianoRoll.ofPacked(packed, Objects.checkIndex(i, size()) * PACKED_BYTES);
    }

    /** All of them. */
    public List<PianoRoll> rolls() {
        return IntStream.range(0, size()).mapToObj(this::roll).toList();
    }

    /** Writes phrase {@code i} as 5,376 values 0 or 1, step by step, into {@code out} from {@code offset} on. */
    public void toCells(int i, float[] out, int offset) {
        Objects.checkIndex(i, size());
        Objects.checkFromIndexSize(offset, CELLS, out.length);
        int at = i * PACKED_BYTES;
        for (int b = 0, cell = offset; b < PACKED_BYTES; b++) {
            int bits = packed[at + b];
            for (int shift = 7; shift >= 0; shift--) {
                out[cell++] = bits >> shift & 1;
            }
        }
    }

    /** Whether phrase {@code i} has no sounding cell. */
    public boolean isSilent(int i) {
        int at = Objects.checkIndex(i, size()) * PACKED_BYTES;
        for (int b = at; b < at + PACKED_BYTES; b++) {
            if (packed[b] != 0) {
                return false;
            }
        }
        return true;
    }

    /** The packed bytes of phrase {@code i}; a copy. */
    public byte[] packed(int i) {
        int at = Objects.checkIndex(i, size()) * PACKED_BYTES;
        return Arrays.copyOfRange(packed, at, at + PACKED_BYTES);
    }

    /** All packed bytes, phrase after phrase; a copy. */
    public byte[] packed() {
        return packed.clone();
    }

    /** Whether the table beside the phrases is known. */
    public boolean hasRows() {
        return rows != null;
    }

    /**
     * What is known about phrase {@code i}. Its {@code row} and {@code duplicateOf} count in the file it was read from,
     * also after a selection.
     *
     * @throws IllegalStateException if there is no table
     */
    public PhraseRow row(int i) {
        return rows().get(i);
    }

    /**
     * The table, a row per phrase; unmodifiable.
     *
     * @throws IllegalStateException if there is none
     */
    public List<PhraseRow> rows() {
        if (rows == null) {
            throw noTable();
        }
        return rows;
    }

    /** The flags of phrase {@code i}; {@link RowFlags#CLEAN} when there is no table. */
    public RowFlags flags(int i) {
        return rows == null ? RowFlags.CLEAN : rows.get(i).flags();
    }

    /** The first {@code n} phrases; all of them if there are fewer. */
    public PhraseSet first(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("n must be >= 0: n=" + n);
        }
        if (n >= size()) {
            return this;
        }
        return new PhraseSet(Arrays.copyOf(packed, n * PACKED_BYTES), rows == null ? null : rows.subList(0, n));
    }

    /** These phrases, then {@code other}'s; the table is kept if both have one. */
    public PhraseSet concat(PhraseSet other) {
        byte[] both = Arrays.copyOf(packed, Math.addExact(packed.length, other.packed.length));
        System.arraycopy(other.packed, 0, both, packed.length, other.packed.length);
        if (rows == null || other.rows == null) {
            return new PhraseSet(both, null);
        }
        List<PhraseRow> bothRows = new ArrayList<>(rows);
        bothRows.addAll(other.rows);
        return new PhraseSet(both, List.copyOf(bothRows));
    }

    /** The phrases at {@code indices}, in that order; an index may come more than once. */
    public PhraseSet select(int[] indices) {
        byte[] selected = new byte[Math.multiplyExact(indices.length, PACKED_BYTES)];
        List<PhraseRow> selectedRows = new ArrayList<>(rows == null ? 0 : indices.length);
        for (int k = 0; k < indices.length; k++) {
            int i = Objects.checkIndex(indices[k], size());
            System.arraycopy(packed, i * PACKED_BYTES, selected, k * PACKED_BYTES, PACKED_BYTES);
            if (rows != null) {
                selectedRows.add(rows.get(i));
            }
        }
        return new PhraseSet(selected, rows == null ? null : List.copyOf(selectedRows));
    }

    /** So many phrases drawn without putting back, in their order; all of them if there are no more. */
    public PhraseSet sample(int size, long seed) {
        return select(Draw.of(size(), size, seed));
    }

    /** The phrases whose index the predicate holds for, in order. */
    public PhraseSet where(IntPredicate keep) {
        return select(IntStream.range(0, size()).filter(keep).toArray());
    }

    /** The phrases without any flag; all of them when there is no table. */
    public PhraseSet withoutFlagged() {
        return where(i -> !flags(i).isFlagged());
    }

    /** The phrases whose cells are in none of {@code others}. */
    public PhraseSet without(PhraseSet others) {
        Set<ByteBuffer> known = others.contents();
        return where(i -> !known.contains(key(i)));
    }

    /** The same phrases with a table, one row each. */
    public PhraseSet withRows(List<PhraseRow> newRows) {
        return adopt(packed, List.copyOf(newRows));
    }

    /** SHA-256 of the packed bytes, hexadecimal. */
    public String sha256() {
        return Digests.sha256(packed);
    }

    /** The bytes of phrase {@code i} as something to look up by; reads through to this set. */
    ByteBuffer key(int i) {
        return ByteBuffer.wrap(packed, i * PACKED_BYTES, PACKED_BYTES).slice().asReadOnlyBuffer();
    }

    private static IllegalStateException noTable() {
        return new IllegalStateException("nothing is known about these phrases: no table was read with them");
    }

    private Set<ByteBuffer> contents() {
        Set<ByteBuffer> contents = new HashSet<>(size() * 2);
        for (int i = 0; i < size(); i++) {
            contents.add(key(i));
        }
        return contents;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PhraseSet set && Arrays.equals(packed, set.packed) && Objects.equals(rows, set.rows);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }

    @Override
    public String toString() {
        return "PhraseSet[size=" + size() + "]";
    }
}
