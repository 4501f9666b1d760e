package io.mcpserver.tool.discovery;

import io.mcpserver.config.Problem;
import io.mcpserver.tool.Offer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a look at tool files found: what was read of them, and which of it is to serve. Nothing of it is in force yet.
 *
 * @param known the files as they were before
 */
record Look(Map<Path, KnownFile> known, FileReading.Read read, NameClaims.Decision decision) {

    /** The files as they are now, by path, in the order of folders and names. */
    Map<Path, KnownFile> files() {
        return decision.files();
    }

    /** Of the folders. */
    List<Problem> problems() {
        return read.problems();
    }

    /** How each file fares with it. */
    List<FileState> states() {
        List<FileState> states = new ArrayList<>();
        files().forEach((path, file) -> {
            List<Problem> problems = new ArrayList<>(file.faults());
            problems.addAll(decision.problems().getOrDefault(path, List.of()));
            boolean live = file.newest().isPresent() && file.newest().equals(file.live());
            states.add(new FileState(
                    file.found().shown(),
                    live ? FileState.State.LIVE : FileState.State.QUARANTINED,
                    live ? Optional.empty() : file.reason().or(() -> Optional.of(Reason.NAME)),
                    file.live().map(version -> OfferedName.of(version.offer())).orElse(List.of()),
                    problems));
        });
        return states;
    }

    /** Whether other versions serve than before. */
    boolean changesOffer() {
        return !versions(known, KnownFile::live).equals(serving());
    }

    /** The versions that are to serve. */
    Set<ToolVersion> serving() {
        return versions(files(), KnownFile::live);
    }

    /** Everything that is to be offered. */
    Offer offer() {
        List<Offer> offers = serving().stream().map(ToolVersion::offer).toList();
        return new Offer(
                offers.stream().flatMap(offer -> offer.tools().stream()).toList(),
                offers.stream().flatMap(offer -> offer.prompts().stream()).toList(),
                offers.stream().flatMap(offer -> offer.resources().stream()).toList());
    }

    /** Whether another look may find a file usable though nobody changes it. */
    boolean isUnsettled() {
        return files().values().stream().anyMatch(KnownFile::isUnsettled);
    }

    /** What was known or read, and is not kept. */
    List<ToolVersion> gone() {
        Set<ToolVersion> gone = all(known);
        gone.addAll(versions(read.files(), KnownFile::newest));
        gone.removeAll(all(files()));
        return List.copyOf(gone);
    }

    /** Gives back what was read in this look; to be called where it does not come in force. */
    void discardNew() {
        Set<ToolVersion> fresh = versions(read.files(), KnownFile::newest);
        fresh.removeAll(all(known));
        fresh.forEach(ToolVersion::discard);
    }

    /** All versions that files hold, whether they serve or not. */
    static Set<ToolVersion> all(Map<Path, KnownFile> files) {
        Set<ToolVersion> all = versions(files, KnownFile::live);
        all.addAll(versions(files, KnownFile::newest));
        return all;
    }

    private static Set<ToolVersion> versions(
            Map<Path, KnownFile> files, Function<KnownFile, Optional<ToolVersion>> which) {
        Set<ToolVersion> versions = new LinkedHashSet<>();
        files.values().forEach(file -> which.apply(file).ifPresent(versions::add));
        return versions;
    }
}
