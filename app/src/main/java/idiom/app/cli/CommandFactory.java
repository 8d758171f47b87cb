package idiom.app.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;

/** Makes commands, handing the services to those that ask for them in their constructor. */
final class CommandFactory implements CommandLine.IFactory {
    private final Services services;

    CommandFactory(Services services) {
        this.services = services;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Services.class) {
                return type.cast(constructor.newInstance(services));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
