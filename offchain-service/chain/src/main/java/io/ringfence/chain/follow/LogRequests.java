package io.ringfence.chain.follow;

import io.ringfence.chain.event.EventDecoder;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.LogQuery;
import io.ringfence.chain.rpc.RawLog;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A filter as the queries a node understands. */
record LogRequests(LogFilter filter) {
  private record Key(Bytes32 blockHash, long logIndex) {}

  /** Logs of a range in chain order, each once. */
  List<RawLog> ask(JsonRpc rpc, long fromBlock, long toBlock) {
    Map<Key, RawLog> logs = new HashMap<>();
    for (LogQuery query : queries(fromBlock, toBlock)) {
      rpc.logs(query).forEach(log -> logs.put(new Key(log.blockHash(), log.logIndex()), log));
    }
    return logs.values().stream().sorted(Comparator.comparingLong(RawLog::blockNumber).thenComparingLong(RawLog::logIndex)).toList();
  }

  private List<LogQuery> queries(long fromBlock, long toBlock) {
    List<LogQuery> queries = new ArrayList<>();
    if (!filter.contracts().isEmpty()) {
      queries.add(new LogQuery(fromBlock, toBlock, List.copyOf(filter.contracts()), List.of()));
    }
    if (!filter.tokens().isEmpty()) {
      List<Address> tokens = List.copyOf(filter.tokens());
      List<Bytes32> transfer = List.of(EventDecoder.transferTopic());
      if (filter.holders().isEmpty() || filter.holders().size() > LogFilter.MAX_HOLDERS) {
        queries.add(new LogQuery(fromBlock, toBlock, tokens, List.of(transfer)));
      } else {
        List<Bytes32> holders = filter.holders().stream().map(Address::word).toList();
        queries.add(new LogQuery(fromBlock, toBlock, tokens, List.of(transfer, holders)));
        queries.add(new LogQuery(fromBlock, toBlock, tokens, List.of(transfer, List.of(), holders)));
      }
    }
    return queries;
  }
}
