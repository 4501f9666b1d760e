package io.mcpserver.tool.discovery;

import io.mcpserver.config.ServerConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Looks at tool files under one configuration: reads what changed, has it tested if that is asked for, decides on names. */
final class Looking {

    private final ServerConfig under;
    private final FileReading reading;
    private final Optional<TestsBefore> tests;
    private final Function<OfferedName, Optional<String>> reserved;

    /**
     * @param tests that a file must pass before it goes live; empty if it need not
     * @param reserved who has a name that no file may have, in words
     */
    Looking(
            ServerConfig under,
            FileReading reading,
            Optional<TestsBefore> tests,
            Function<OfferedName, Optional<String>> reserved) {
        this.under = under;
        this.reading = reading;
        this.tests = tests;
        this.reserved = reserved;
    }

    /** @param all whether everything is read again, because what files are held against has changed */
    Look look(Map<Path, KnownFile> known, boolean all) {
        FileReading.Read read = reading.read(tests.isPresent() ? known : withoutTests(known), all);
        Map<Path, KnownFile> files = under.tools().allowExec() ? read.files() : withoutPrograms(read.files());
        if (tests.isPresent()) {
            files = each(files, tests.get()::run);
        }
        return new Look(known, read, NameClaims.decide(files, reserved));
    }

    /** What failed a test is read again where tests are no longer asked for. */
    private static Map<Path, KnownFile> withoutTests(Map<Path, KnownFile> files) {
        return each(files, file -> file.reason().equals(Optional.of(Reason.TEST)) ? file.unsettled() : file);
    }

    /** An earlier version does not go on in place of a broken file if it does what is no longer allowed. */
    private static Map<Path, KnownFile> withoutPrograms(Map<Path, KnownFile> files) {
        return each(files, file -> file.serving(file.live().filter(version -> !version.runsPrograms())));
    }

    private static Map<Path, KnownFile> each(Map<Path, KnownFile> files, UnaryOperator<KnownFile> change) {
        Map<Path, KnownFile> changed = new LinkedHashMap<>();
        files.forEach((path, file) -> changed.put(path, change.apply(file)));
        return changed;
    }
}
