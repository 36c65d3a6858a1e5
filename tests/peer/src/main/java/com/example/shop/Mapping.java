package com.example.shop;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.metadata.AbstractCacheManager;
import org.apache.dubbo.metadata.AbstractServiceNameMapping;
import org.apache.dubbo.metadata.MappingCacheManager;
import org.apache.dubbo.metadata.ServiceNameMapping;
import org.apache.dubbo.rpc.model.ApplicationModel;

/**
 * {@code Mapping REGISTRY_URL CONSUMER_URL…}: the consumer shop-web looks for the applications of each interface as
 * Dubbo does before it subscribes, and tells them one after the other: {@code {"mapping":[…]}}. Then it keeps what it
 * learned in its cache file, which Dubbo does every ten minutes, and tells the path: {@code {"cacheFile":…}}.
 */
public final class Mapping {
    private Mapping() {}

    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        ApplicationModel application = ApplicationModel.defaultModel();
        ApplicationConfig config = new ApplicationConfig("shop-web");
        config.setMetadataType("local");
        config.setEnableFileCache(true); // the default of an application that is started
        application.getApplicationConfigManager().setApplication(config);
        application.getDefaultModule();

        URL registry = URL.valueOf(args[0]).setScopeModel(application);
        ServiceNameMapping mapping = ServiceNameMapping.getDefaultExtension(application);
        for (int i = 1; i < args.length; i++) {
            URL consumer = URL.valueOf(args[i]).setScopeModel(application);
            Set<String> names = ServiceNameMapping.getMappingByUrl(consumer);
            if (names == null) {
                names = mapping.getAndListen(registry, consumer, null);
            }
            Output.tell("mapping", new TreeSet<>(names));
        }
        writeCache((AbstractServiceNameMapping) mapping);
        Output.tell("cacheFile", Path.of(System.getProperty("user.home"), ".dubbo", ".mapping.shop-web.dubbo.cache")
                .toString());
        Thread.currentThread().join();
    }

    private static void writeCache(AbstractServiceNameMapping mapping) throws ReflectiveOperationException {
        Field field = AbstractServiceNameMapping.class.getDeclaredField("mappingCacheManager");
        field.setAccessible(true);
        MappingCacheManager manager = (MappingCacheManager) field.get(mapping);
        new AbstractCacheManager.CacheRefreshTask<>(manager.getCacheStore(), manager.getCache(), manager, 0).run();
    }
}
