package dev.wscratch.cli;

import java.util.Collection;
import java.util.Comparator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of a word that no command and no option has: picocli counts indices, people look for their typo. */
final class Unmatched {
    /** So many letters more, fewer or other are still a typo. */
    private static final int TYPO = 2;

    private Unmatched() {}

    /** What is wrong with the first such word, and what may have been meant; without a full stop. */
    static String text(UnmatchedArgumentException e) {
        String given = e.getUnmatched().get(0);
        String word = given.replaceFirst("=.*", "");
        CommandSpec command = e.getCommandLine().getCommandSpec();
        if (word.startsWith("-")) {
            return "unknown option " + Printable.of(word)
                    + meant(word, command.optionsMap().keySet());
        }
        if (!command.subcommands().isEmpty()) {
            return "unknown command " + Printable.of(word)
                    + meant(word, command.subcommands().keySet());
        }
        return "expected no further argument, got \"" + Printable.of(given) + "\"";
    }

    private static String meant(String word, Collection<String> names) {
        return names.stream()
                .filter(name -> distance(word, name) <= Math.min(TYPO, name.length() / 2))
                .min(Comparator.comparingInt(name -> distance(word, name)))
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    /** How many letters must be put in, left out or changed to come from one to the other (Levenshtein). */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
