package io.mcpserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/configuration.md} says what the schema says. After a change of the schema,
 * {@code ./mvnw test -Dtest=ConfigurationPageTest -Dgolden=write} writes it anew.
 */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final String HEADING = "## Every key\n";

    @Test
    void thePageSaysWhatTheSchemaSays() throws IOException {
        String page = Files.readString(PAGE);
        String introduction = page.substring(0, page.indexOf(HEADING) + HEADING.length());
        String expected = new ConfigurationPage(ConfigSchema.load()).markdown(introduction);
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(expected);
    }

    @Test
    void everyExampleOnThePageIsAccepted(@TempDir Path folder) throws IOException {
        Matcher examples = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        int count = 0;
        while (examples.find()) {
            Files.writeString(folder.resolve("config.yaml"), examples.group(1));
            assertThat(ConfigLoaderTest.load(folder).problems(Problem.Severity.ERROR))
                    .isEmpty();
            count++;
        }
        assertThat(count).isPositive();
    }
}
