package io.mcpserver.it;

import io.quarkus.test.junit.QuarkusTest;

/** The official conformance suite, against a server that listens on the loopback address only. */
@QuarkusTest
class ConformanceIT extends ConformanceContract {}
