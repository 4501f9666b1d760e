package io.mcpserver.insight;

import java.util.Locale;

/** Sizes as people read them. */
public final class SizeInWords {

    private static final double STEP = 1024;
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private SizeInWords() {}

    /** Such as {@code 512 B}, {@code 1.5 MiB} or {@code 366 MiB}. */
    public static String of(double bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }
}
