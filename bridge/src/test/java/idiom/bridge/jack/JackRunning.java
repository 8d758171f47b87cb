package idiom.bridge.jack;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A {@link JackServer} for all tests of a class; skips them where there is no jackd. */
public final class JackRunning implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        // Whoever owns the store closes it when the class is done.
        context.getStore(ExtensionContext.Namespace.create(JackRunning.class))
                .put(JackServer.class, JackServer.start());
    }
}
