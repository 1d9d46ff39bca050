package dev.overseer.examples.exchange;

/** A withdrawal alone: how far it has come. */
public record WithdrawalProgress(Withdrawal withdrawal) {}
