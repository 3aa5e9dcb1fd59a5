using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Tests.Operations;

[Trait("Rule", "D2")]
public sealed class OperationIdTests
{
    // The example of RFC 9562, appendix A.6.
    private const string Example = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";

    private static readonly Gen<OperationId> Ids =
        Gen.Select(Gen.Long[0, 253_402_300_799_999], Gen.ULong, Gen.ULong, (milliseconds, high, low) =>
            OperationId.Create(Instant.FromUnixTimeMilliseconds(milliseconds), high, low));

    [Fact]
    public void The_standards_example_is_read()
    {
        OperationId.TryRead(Convert.FromHexString(Example.Replace("-", "", StringComparison.Ordinal)), out var id).ShouldBeTrue();

        id.MadeAt.ShouldBe(Instant.FromUtc(2022, 2, 22, 19, 22, 22));
        id.UnixMilliseconds.ShouldBe(1_645_557_742_000);
        id.High.ShouldBe(0x017F22E279B07CC3UL);
        id.Low.ShouldBe(0x98C4DC0C0C07398FUL);
        id.ToString().ShouldBe(Example);
        id.ToGuid().ShouldBe(Guid.Parse(Example));
    }

    [Fact]
    public void An_id_survives_the_wire_and_the_database() => Ids.Sample(id =>
    {
        Span<byte> bytes = stackalloc byte[OperationId.Length];
        id.Write(bytes);

        OperationId.TryRead(bytes, out var read).ShouldBeTrue();
        read.ShouldBe(id);
        OperationId.FromGuid(id.ToGuid()).ShouldBe(id);
        id.ToGuid().ToString().ShouldBe(id.ToString());
    });

    [Fact]
    public void A_made_id_is_a_version_7_with_its_time_and_its_randomness() =>
        Gen.Select(Gen.Long[0, 253_402_300_799_999], Gen.ULong, Gen.ULong).Sample((milliseconds, high, low) =>
        {
            var id = OperationId.Create(Instant.FromUnixTimeMilliseconds(milliseconds), high, low);

            id.UnixMilliseconds.ShouldBe(milliseconds);
            id.ToGuid().Version.ShouldBe(7);
            (id.ToGuid().Variant & 0b1100).ShouldBe(0b1000);
            (id.High & 0xFFF).ShouldBe(high & 0xFFF);
            (id.Low & 0x3FFF_FFFF_FFFF_FFFF).ShouldBe(low & 0x3FFF_FFFF_FFFF_FFFF);
        });

    [Fact]
    public void An_id_of_a_seeded_source_replays()
    {
        var id = OperationId.Create(Given.Morning, new Random(17));

        id.ShouldBe(OperationId.Create(Given.Morning, new Random(17)));
        id.ShouldNotBe(OperationId.Create(Given.Morning, new Random(18)));
        id.MadeAt.ShouldBe(Given.Morning);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void Anything_but_16_bytes_is_no_id(int length)
    {
        var bytes = new byte[length];
        if (length > 8) (bytes[6], bytes[8]) = (0x70, 0x80);

        OperationId.TryRead(bytes, out var id).ShouldBeFalse();
        id.ShouldBe(default);
    }

    [Fact]
    public void Every_version_but_7_is_refused()
    {
        for (var version = 0; version < 16; version++)
        {
            var bytes = ExampleBytes();
            bytes[6] = (byte)(version << 4 | 0x0C);
            OperationId.TryRead(bytes, out var id).ShouldBe(version == 7, $"version {version}");
            if (version != 7) id.ShouldBe(default);
        }
    }

    [Fact]
    public void Every_variant_but_that_of_the_standard_is_refused()
    {
        for (var variant = 0; variant < 4; variant++)
        {
            var bytes = ExampleBytes();
            bytes[8] = (byte)(variant << 6 | 0x18);
            OperationId.TryRead(bytes, out var id).ShouldBe(variant == 2, $"variant {variant}");
            if (variant != 2) id.ShouldBe(default);
        }
    }

    private static byte[] ExampleBytes() => Guid.Parse(Example).ToByteArray(bigEndian: true);
}
