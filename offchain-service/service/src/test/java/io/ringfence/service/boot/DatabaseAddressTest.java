package io.ringfence.service.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
  @Test
  void readsBothWaysOfWritingIt() {
    var address = new DatabaseAddress("db.example", 5432, "ringfence", "u", "p");
    assertThat(DatabaseAddress.parse("postgresql://db.example/ringfence", "u", "p")).isEqualTo(address);
    assertThat(DatabaseAddress.parse("jdbc:postgresql://db.example:5432/ringfence", "u", "p")).isEqualTo(address);
    assertThat(address.jdbc()).isEqualTo("jdbc:postgresql://db.example:5432/ringfence");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql://h/d", "postgresql://h", "postgresql://h/", "h:5432/d", "postgresql:///d"})
  void refusesWhatIsNoAddress(String url) {
    assertThatThrownBy(() -> DatabaseAddress.parse(url, "u", "p")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("postgresql://host:port/database");
  }

  @Test
  void passwordIsNeverPrinted() {
    assertThatThrownBy(() -> DatabaseAddress.parse("postgresql://u:secret@h/d", "u", "p")).hasMessageNotContaining("secret");
    assertThatThrownBy(() -> DatabaseAddress.parse("mysql://u:secret@h/d", "u", "p")).hasMessageNotContaining("secret");
    assertThat(new DatabaseAddress("h", 1, "d", "u", "secret").toString()).doesNotContain("secret");
  }
}
