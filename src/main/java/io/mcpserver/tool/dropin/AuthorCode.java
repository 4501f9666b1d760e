package io.mcpserver.tool.dropin;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.CapabilityMissing;
import io.mcpserver.tool.InputRequired;
import io.mcpserver.tool.api.ToolError;
import java.util.concurrent.Callable;

/** Runs code of a tool file as it is promised: with the loader of its file, and failing only in ways that the server knows. */
final class AuthorCode {

    private AuthorCode() {}

    /**
     * Runs it on this thread.
     *
     * @throws CodedException what the author foresaw, or what the server threw itself
     * @throws InterruptedException if it was interrupted
     * @throws AuthorFailure anything else
     */
    static <T> T run(ClassLoader loader, Callable<T> code) throws InterruptedException, AuthorFailure {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return code.call();
        } catch (ToolError e) {
            throw new CodedException(ErrorCode.valueOf(e.code().name()), AuthorFailure.message(e), e.retryable());
        } catch (CodedException | CapabilityMissing | InputRequired | InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            throw AuthorFailure.of(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
