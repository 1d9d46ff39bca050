package dev.overseer.server.protobuf;

import dev.overseer.model.ModelName;
import dev.overseer.model.ViewName;
import java.util.Map;

/** The views and records that are answered as messages of the user's own types. */
public record OwnTypes(Map<ViewName, OwnType> views, Map<ModelName, OwnType> records) {
  public static final OwnTypes NONE = new OwnTypes(Map.of(), Map.of());

  public OwnTypes {
    views = Map.copyOf(views);
    records = Map.copyOf(records);
  }
}
