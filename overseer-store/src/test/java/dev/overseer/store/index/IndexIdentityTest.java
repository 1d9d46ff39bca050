package dev.overseer.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.Definitions;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IndexIdentityTest {
  private static final UUID LOG = new UUID(1, 2);

  @Test
  void an_index_is_of_other_models_when_a_reference_is_elsewhere_in_a_document() {
    IndexIdentity identity = identity("details.order.id");

    assertThat(identity.differenceTo(identity("details.order.id"))).isEmpty();
    assertThat(identity.differenceTo(identity("details.order"))).contains("the models changed");
    assertThat(identity.differenceTo(identity("details[].order.id")))
        .contains("the models changed");
    assertThat(identity.differenceTo(identity("\"details.order\".id")))
        .contains("the models changed");
  }

  private static IndexIdentity identity(String path) {
    ModelName order = new ModelName("order");
    return IndexIdentity.of(
        LOG,
        new Definitions(
            List.of(
                new ModelDefinition(
                    order,
                    new SourceName("shop"),
                    TableName.parse("public.orders"),
                    List.of("id"),
                    Map.of(new ReferenceName("previous"), ReferenceDefinition.of(order, path)))),
            List.of()));
  }
}
