namespace Zvonok.Domain.Tests;

public sealed class IdsTests
{
    [Fact]
    public void An_id_reads_as_its_number()
    {
        new BuildingId(1501).ToString().ShouldBe("1501");
        new DeviceId(601).ToString().ShouldBe("601");
    }

    [Fact]
    public void Sums_at_every_limit_stay_far_inside_64_bits()
    {
        // A line at its limits is the largest product that the rules ever form.
        var line = new Money(Limits.AmountMax) * Limits.QuantityMax;
        (line * Limits.SaleLinesMax).Kopecks.ShouldBe(500_000_000_000);
    }

    [Fact]
    [Trait("Rule", "M9")]
    public void One_payment_fills_a_purse_and_no_more() => Limits.AmountMax.ShouldBe(Limits.BalanceMax);
}
