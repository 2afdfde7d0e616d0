package dev.wscratch.transport;

import java.util.function.BooleanSupplier;

/**
 * What every HTTP conversation of a server shares.
 *
 * @param settings bounds
 * @param upgrader makes WebSockets
 * @param pages answers plain requests
 * @param stopping whether upgrades are refused because the server stops
 */
record Http(TransportSettings settings, Upgrader upgrader, HttpHandler pages, BooleanSupplier stopping) {}
