package dev.overseer.store.retention;

import dev.overseer.model.ChangeDecoder;
import dev.overseer.model.RecordAggregator;
import java.util.function.Function;

/** How changes are read, by the name of their wire format. */
public record ChangeReaders(
    Function<String, ChangeDecoder> decoders, Function<String, RecordAggregator> aggregators) {}
