package idiom.training.gan;

import idiom.training.data.AtomicFile;
import idiom.training.net.Adam;
import idiom.training.net.Network;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The state of a run in one file: named float vectors and named whole numbers, closed by a checksum.
 *
 * <p>Layout, big-endian: 8 bytes {@code IDIOMCK1}; count of numbers, each name (UTF, as {@link DataOutputStream}) and 8
 * bytes; count of vectors, each name, length and floats; CRC-32 of all before.
 */
public final class Checkpoint {
    private static final long MAGIC = 0x4944494F4D434B31L;
    private static final int MOST_VALUES = 1 << 28;

    private final Map<String, Long> numbers;
    private final Map<String, float[]> vectors;

    private Checkpoint(Map<String, Long> numbers, Map<String, float[]> vectors) {
        this.numbers = numbers;
        this.vectors = vectors;
    }

    /** Collects what is to be written. */
    public static final class Writer {
        private final Map<String, Long> numbers = new LinkedHashMap<>();
        private final Map<String, float[]> vectors = new LinkedHashMap<>();

        /** Adds a whole number. */
        public void put(String name, long value) {
            numbers.put(name, value);
        }

        /** Adds a vector, not copied. */
        public void put(String name, float[] values) {
            vectors.put(name, values);
        }

        /** Adds a network and its optimiser. */
        public void network(String name, Network network, Adam adam) {
            put(name, network.values());
            network.singularVectors().ifPresent(vectors -> put(name + ".singular-vectors", vectors));
            put(name + ".adam.steps", adam.steps());
            put(name + ".adam.means", adam.means());
            put(name + ".adam.squares", adam.squares());
        }

        /** Writes the file whole or not at all. */
        public void write(Path file) throws IOException {
            AtomicFile.write(file, out -> {
                CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32());
                DataOutputStream data = new DataOutputStream(checked);
                data.writeLong(MAGIC);
                data.writeInt(numbers.size());
                for (Map.Entry<String, Long> number : numbers.entrySet()) {
                    data.writeUTF(number.getKey());
                    data.writeLong(number.getValue());
                }
                data.writeInt(vectors.size());
                for (Map.Entry<String, float[]> vector : vectors.entrySet()) {
                    data.writeUTF(vector.getKey());
                    data.writeInt(vector.getValue().length);
                    ByteBuffer bytes = ByteBuffer.allocate(4 * vector.getValue().length);
                    bytes.asFloatBuffer().put(vector.getValue());
                    data.write(bytes.array());
                }
                data.flush();
                data.writeLong(checked.getChecksum().getValue());
                data.flush();
            });
        }
    }

    /**
     * Reads a checkpoint.
     *
     * @throws IOException in one line if the file is not one, is cut short, or was changed
     */
    public static Checkpoint read(Path file) throws IOException {
        CheckedInputStream checked =
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), new CRC32());
        try (DataInputStream in = new DataInputStream(checked)) {
            if (in.readLong() != MAGIC) {
                throw new IOException(file + ": not a checkpoint of idiom-train");
            }
            long limit = Files.size(file);
            Map<String, Long> numbers = new LinkedHashMap<>();
            for (int n = in.readInt(); n > 0; n--) {
                numbers.put(in.readUTF(), in.readLong());
            }
            Map<String, float[]> vectors = new LinkedHashMap<>();
            for (int n = in.readInt(); n > 0; n--) {
                vectors.put(in.readUTF(), readVector(file, in, limit));
            }
            long checksum = checked.getChecksum().getValue();
            if (in.readLong() != checksum) {
                throw new IOException(file + ": checkpoint is damaged (checksum differs)");
            }
            return new Checkpoint(numbers, vectors);
        } catch (EOFException e) {
            throw new IOException(file + ": checkpoint is cut short", e);
        } catch (UTFDataFormatException e) {
            throw new IOException(file + ": checkpoint is damaged (a name is no text)", e);
        }
    }

    private static float[] readVector(Path file, DataInputStream in, long limit) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST_VALUES || 4L * length > limit) {
            throw new IOException(file + ": checkpoint is damaged: length=" + length);
        }
        byte[] bytes = new byte[4 * length];
        in.readFully(bytes);
        float[] values = new float[length];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    /** A whole number. */
    public long number(String name) {
        Long value = numbers.get(name);
        if (value == null) {
            throw new IllegalArgumentException("checkpoint lacks " + name + ": was it made with another recipe?");
        }
        return value;
    }

    /** Whether there is a whole number of that name. */
    public boolean has(String name) {
        return numbers.containsKey(name);
    }

    /** A whole number that older files lack. */
    public long numberOr(String name, long otherwise) {
        return numbers.getOrDefault(name, otherwise);
    }

    /** Names of the whole numbers that begin so, in the order of the file. */
    public List<String> numbersStarting(String prefix) {
        return numbers.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    /** A vector, not copied. */
    public float[] get(String name) {
        float[] values = vectors.get(name);
        if (values == null) {
            throw new IllegalArgumentException("checkpoint lacks " + name + ": was it made with another recipe?");
        }
        return values;
    }

    /** Takes a network and its optimiser to where they were. */
    public void network(String name, Network network, Adam adam) {
        network.load(get(name));
        if (network.singularVectors().isPresent()) {
            network.loadSingularVectors(get(name + ".singular-vectors"));
        }
        adam.restore(number(name + ".adam.steps"), get(name + ".adam.means"), get(name + ".adam.squares"));
    }
}
