package io.mcpserver.cli;

import io.mcpserver.security.NewApiKey;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes an API key. */
@Command(
        name = "new",
        description = "Makes an API key and prints it, once, with what goes into config.yaml. Nothing is stored.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server keys new --name laptop",
            "  curl -H \"Authorization: Bearer KEY\" http://127.0.0.1:8000/tools/list"
        })
final class KeysNewCommand implements Callable<Integer> {

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "client",
            description = "Who will hold the key; ${DEFAULT-VALUE} by default.")
    String name;

    @Option(names = "--admin", description = "A key that may also look inside the server: mcp-server status --url URL.")
    boolean admin;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        if (!name.matches("[A-Za-z0-9._@-]{1,100}")) {
            throw new ParameterException(spec.commandLine(), "--name: must be 1 to 100 letters, digits and . _ @ -");
        }
        NewApiKey made = NewApiKey.random();
        PrintWriter out = spec.commandLine().getOut();
        out.println("The key, shown this once; the client sends it as \"Authorization: Bearer KEY\":");
        out.println();
        out.println("  " + made.key());
        out.println();
        out.println("For config.yaml:");
        out.println();
        out.println("security:");
        out.println("  api_keys:");
        out.println("    - name: \"" + name + "\"");
        out.println("      sha256: \"" + made.sha256() + "\"");
        if (admin) {
            out.println("      admin: true");
        }
        return ExitCode.OK;
    }
}
