package io.ringfence.demo.run;

import io.ringfence.chain.read.Contracts;
import io.ringfence.chain.type.Address;
import io.ringfence.demo.scenario.Client;
import io.ringfence.demo.scenario.OwnerKind;
import io.ringfence.demo.scenario.Role;
import io.ringfence.demo.scenario.Scenario;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everybody's addresses. They follow from keys and numbers, so nothing need exist on the chain for them. */
public final class Cast {

  private final Map<String, Member> members = new LinkedHashMap<>();

  Cast(Scenario scenario, TestKeys keys, ContractWallets wallets, Contracts contracts) {
    for (Client client : scenario.clients()) {
      Address owner = switch (client.kind()) {
        case KEY -> keys.signer(client.key()).address();
        case CONTRACT_WALLET -> wallets.addressOf(client.key());
      };
      members.put(client.name(), new Member(client, keys.signer(client.key()), owner, contracts.vault().predict(owner, client.number())));
    }
  }

  /** All, the house first. */
  public List<Member> all() {
    return List.copyOf(members.values());
  }

  /** The member of that name. */
  public Member get(String name) {
    return Optional.ofNullable(members.get(name)).orElseThrow(() -> new IllegalArgumentException("nobody is called " + name));
  }

  /** Members with a part in the story. */
  public List<Member> inRole(Role role) {
    return all().stream().filter(member -> member.client().role() == role).toList();
  }

  /** Keys of the owners that are contract wallets. */
  List<Integer> walletKeys() {
    return all().stream()
        .filter(member -> member.client().kind() == OwnerKind.CONTRACT_WALLET)
        .map(member -> member.client().key())
        .distinct()
        .toList();
  }

  /** The name of an account, or its address if it is nobody's here. */
  public String nameOf(Address account) {
    return all().stream()
        .filter(member -> member.account().equals(account))
        .map(member -> member.client().name())
        .findFirst()
        .orElse(account.hex());
  }
}
