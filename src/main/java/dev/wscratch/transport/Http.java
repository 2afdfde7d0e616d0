package dev.wscratch.transport;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of one transport share.
 *
 * @param settings bounds
 * @param loopback whether the listener is bound to a loopback address
 * @param upgrader makes WebSockets
 * @param pages answers plain requests
 * @param hooks who looks on
 * @param workers runs callbacks of blocking endpoints; null when the selector threads do
 * @param connections counts
 * @param refusals logs who was turned away
 * @param stopping whether upgrades are refused because the server stops
 */
record Http(
        TransportSettings settings,
        boolean loopback,
        Upgrader upgrader,
        HttpHandler pages,
        Hooks hooks,
        @Nullable Executor workers,
        Connections connections,
        RefusalLog refusals,
        BooleanSupplier stopping) {}
