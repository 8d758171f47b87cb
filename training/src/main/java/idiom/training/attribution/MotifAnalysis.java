package idiom.training.attribution;

import idiom.training.attribution.motif.Motif;
import idiom.training.attribution.motif.MotifFamily;
import idiom.training.attribution.motif.Motifs;
import idiom.training.attribution.motif.Sightings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Which motifs carry the attribution of each genre: their share of the saliency against their share of the notes, and against
 * chance ({@link Shuffle}). What was tested is corrected for all motifs and genres together, for each null hypothesis apart
 * ({@link FalseDiscovery}).
 */
final class MotifAnalysis {
    private final int permutations;
    private final long seed;
    private final Runnable progress;

    /** {@code progress} is run after each permutation: twice {@code permutations} a genre. */
    MotifAnalysis(int permutations, long seed, Runnable progress) {
        this.permutations = permutations;
        this.seed = seed;
        this.progress = progress;
    }

    /** Phrases of a genre that the classifier gets right. */
    record Genre(String name, List<AttributedPhrase> phrases) {}

    /** Motifs of every genre, genre by genre, families in the order of {@link Motifs#FAMILIES}. */
    List<MotifResult> run(List<Genre> genres) {
        List<Draft> drafts = new ArrayList<>();
        for (Genre genre : genres) {
            drafts.addAll(drafts(genre));
        }
        double[] q =
                FalseDiscovery.q(drafts.stream().mapToDouble(d -> p(d.inPhrase)).toArray());
        double[] qInOctave =
                FalseDiscovery.q(drafts.stream().mapToDouble(d -> p(d.inOctave)).toArray());
        List<MotifResult> results = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            results.add(drafts.get(i).result(q[i], qInOctave[i]));
        }
        return results;
    }

    private static double p(NullTest.Outcome outcome) {
        return outcome.isTestable() ? outcome.p() : Double.NaN;
    }

    /** A result before all are corrected. */
    private record Draft(
            String genre, Tally tally, int allPhrases, NullTest.Outcome inPhrase, NullTest.Outcome inOctave) {

        MotifResult result(double q, double qInOctave) {
            return new MotifResult(
                    genre,
                    tally.motif,
                    tally.occurrences,
                    tally.phrases,
                    tally.notes,
                    inPhrase.mean() / allPhrases,
                    inPhrase.observed() / allPhrases,
                    (double) tally.above / tally.phrases,
                    MotifResult.Evidence.of(inPhrase, q),
                    MotifResult.Evidence.of(inOctave, qInOctave));
        }
    }

    /** How often a motif was seen. */
    private static final class Tally {
        private final Motif motif;
        private int occurrences;
        private int phrases;
        private int notes;
        private int above;

        Tally(Motif motif) {
            this.motif = motif;
        }

        void add(Sightings.Sighting sighting, double[] shares) {
            occurrences += sighting.occurrences();
            phrases++;
            notes += sighting.notes().size();
            double carried =
                    sighting.notes().stream().mapToDouble(i -> shares[i]).sum();
            above += carried > (double) sighting.notes().size() / shares.length ? 1 : 0;
        }
    }

    private List<Draft> drafts(Genre genre) {
        List<Map<Motif, Sightings.Sighting>> seen = genre.phrases.stream()
                .map(phrase -> Sightings.of(phrase.notes()).byMotif())
                .toList();
        List<double[]> shares =
                genre.phrases.stream().map(AttributedPhrase::noteShares).toList();
        List<Tally> tallies = tallies(seen, shares);
        NullTest.Outcome[] inPhrase = test(genre, seen, shares, tallies, Shuffle.PHRASE);
        NullTest.Outcome[] inOctave = test(genre, seen, shares, tallies, Shuffle.OCTAVE);
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < tallies.size(); i++) {
            drafts.add(new Draft(genre.name, tallies.get(i), genre.phrases.size(), inPhrase[i], inOctave[i]));
        }
        return drafts;
    }

    private static List<Tally> tallies(List<Map<Motif, Sightings.Sighting>> seen, List<double[]> shares) {
        List<String> families = Motifs.FAMILIES.stream().map(MotifFamily::name).toList();
        TreeSet<Motif> motifs = new TreeSet<>(Comparator.<Motif>comparingInt(motif -> families.indexOf(motif.family()))
                .thenComparing(Comparator.naturalOrder()));
        seen.forEach(phrase -> motifs.addAll(phrase.keySet()));
        List<Tally> tallies = motifs.stream().map(Tally::new).toList();
        for (Tally tally : tallies) {
            for (int p = 0; p < seen.size(); p++) {
                Sightings.Sighting sighting = seen.get(p).get(tally.motif);
                if (sighting != null) {
                    tally.add(sighting, shares.get(p));
                }
            }
        }
        return tallies;
    }

    private NullTest.Outcome[] test(
            Genre genre,
            List<Map<Motif, Sightings.Sighting>> seen,
            List<double[]> shares,
            List<Tally> tallies,
            Shuffle shuffle) {
        List<NullTest.Block> blocks = new ArrayList<>();
        for (int p = 0; p < seen.size(); p++) {
            int[][] members = new int[tallies.size()][0];
            for (int m = 0; m < members.length; m++) {
                Sightings.Sighting sighting = seen.get(p).get(tallies.get(m).motif);
                if (sighting != null) {
                    members[m] = sighting.notes().stream()
                            .mapToInt(Integer::intValue)
                            .toArray();
                }
            }
            blocks.add(new NullTest.Block(
                    shares.get(p), shuffle.groups(genre.phrases.get(p).notes()), members));
        }
        // A seed of its own for each, so that none depends on how many came before.
        long own = Objects.hash(genre.name, shuffle.name());
        return new NullTest(blocks, tallies.size()).run(permutations, seed * 0x9E3779B97F4A7C15L + own, progress);
    }
}
