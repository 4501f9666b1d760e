package io.mcpserver.tool.dropin;

import io.mcpserver.tool.api.Tool;

/** What is above the loaders of tool files: the JDK and the published API, and nothing else of the server. */
final class ApiLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    static final ApiLoader INSTANCE = new ApiLoader();

    private ApiLoader() {
        super("mcp-server-tool-api", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (ApiClasses.has(name)) {
            return Class.forName(name, false, Tool.class.getClassLoader());
        }
        throw new ClassNotFoundException(name);
    }
}
