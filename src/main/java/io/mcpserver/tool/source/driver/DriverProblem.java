package io.mcpserver.tool.source.driver;

import java.nio.file.Path;

/** Why a driver cannot be used, in words that follow its name or its key; they name its place, so they are for operators. */
public final class DriverProblem extends Exception {

    private static final long serialVersionUID = 1;

    DriverProblem(String what, Path place) {
        super(what + ": " + place);
    }
}
