package io.mcpserver.mcp.stdio;

import io.mcpserver.mcp.call.SessionContract;
import io.mcpserver.mcp.testing.Profiles;
import io.mcpserver.mcp.testing.Talk;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;

@QuarkusTest
@TestProfile(Profiles.Http.class)
class SessionOverStdioTest extends SessionContract {

    @Override
    protected Talk talk(JsonObject capabilities) {
        StdioTalk talk = new StdioTalk();
        talk.initialize(capabilities);
        return talk;
    }
}
