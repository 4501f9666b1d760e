package io.mcpserver.mcp.stdio;

import io.mcpserver.mcp.call.SessionContract;
import io.mcpserver.mcp.testing.Profiles;
import io.mcpserver.mcp.testing.Talk;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;

@QuarkusTest
@TestProfile(Profiles.Http.class)
class SessionByWayOfAnotherProcessTest extends SessionContract {

    @Override
    protected Talk talk(JsonObject capabilities) {
        PassedTalk talk = new PassedTalk();
        talk.initialize(capabilities);
        return talk;
    }
}
