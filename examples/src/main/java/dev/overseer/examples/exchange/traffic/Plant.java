package dev.overseer.examples.exchange.traffic;

import java.util.UUID;

/**
 * One withdrawal that is broken on purpose.
 *
 * @param healed whether it is put right later
 */
public record Plant(Breakage breakage, UUID withdrawal, boolean healed) {}
