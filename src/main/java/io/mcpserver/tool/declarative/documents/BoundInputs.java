package io.mcpserver.tool.declarative.documents;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.KindBody;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Inputs that the server gives to say whose documents are found; without one of them, nothing is. */
final class BoundInputs {

    private BoundInputs() {}

    /** Tells of those that a call may lack. */
    static void check(KindBody body, String pointer, Collection<String> names) {
        for (String name : new TreeSet<>(names)) {
            if (body.mayLack(name)) {
                body.fault(
                        pointer,
                        "would be left out for a caller without the bound input " + name
                                + ", who would find what others may; give it a default, or leave out required: false");
            }
        }
    }

    /**
     * The inputs, all of those there that the server gives.
     *
     * @throws CodedException {@code UNSUPPORTED} where one is missing
     */
    static Inputs needed(KindBody body, Collection<String> names, Inputs inputs) {
        Set<String> bound = body.bound();
        for (String name : names) {
            if (bound.contains(name) && inputs.get(name).isEmpty()) {
                throw new CodedException(
                        ErrorCode.UNSUPPORTED,
                        "%s needs its input \"%s\", which the server has not for this caller; tell the operator."
                                .formatted(body.tool(), name));
            }
        }
        return inputs;
    }
}
