package io.ringfence.chain.testing;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a parameter of type {@link NodeProcess}: one node for the whole run, put back to the state it started in after each test, so
 * that tests neither see nor wait for each other.
 */
public final class LocalNodeExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(LocalNodeExtension.class);

  /** What the store closes at the end of the run. */
  private record Running(NodeProcess node) implements AutoCloseable {
    @Override
    public void close() {
      node.close();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(HERE).put("snapshot", node(context).control().snapshot());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    NodeProcess node = node(context);
    node.control().miningInterval(0);
    node.control().automine(true);
    node.control().revert(context.getStore(HERE).remove("snapshot", String.class));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == NodeProcess.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return node(context);
  }

  private static NodeProcess node(ExtensionContext context) {
    return context.getRoot().getStore(HERE).computeIfAbsent("node", key -> new Running(NodeProcess.start()), Running.class).node();
  }
}
