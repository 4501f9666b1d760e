package io.mcpserver.cli;

import java.time.Duration;
import java.util.Locale;

/** Times and counts as people read them. */
final class Words {

    private Words() {}

    /** Such as {@code 2 d 3 h}, {@code 3 min 20 s} or {@code 12 s}. */
    static String duration(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toSeconds() + " s";
    }

    /** A count with its noun, such as {@code 1 document} or {@code 1,200 documents}. */
    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
