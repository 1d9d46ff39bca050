package dev.overseer.model;

/** A column whose values are not stored as the source has them. */
public record TreatedColumn(String name, Treatment treatment) {}
