package dev.keyledger.sample;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where things are.
 *
 * @param verifier Keyledger's query side
 * @param tokenUri the local platform's token issuer
 * @param publicUri scheme and authority that clients send to, if a proxy is in between
 * @param timeout how long Keyledger may take for an answer
 */
@ConfigurationProperties("sample")
public record SampleSettings(
    @DefaultValue("http://localhost:8081") URI verifier,
    @DefaultValue("http://localhost:8090/dev/token") URI tokenUri,
    @Nullable URI publicUri,
    @DefaultValue("2s") Duration timeout) {}
