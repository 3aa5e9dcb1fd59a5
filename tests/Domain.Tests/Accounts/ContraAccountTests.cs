using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Tests.Accounts;

[Trait("Rule", "M14")]
public sealed class ContraAccountTests
{
    [Fact]
    public void A_code_is_the_kind_and_nine_digits_of_the_id()
    {
        ContraAccount.None.Code.ShouldBe(0);
        ContraAccount.Operator(7).Code.ShouldBe(1_000_000_007);
        ContraAccount.Bank(Limits.IdMax).Code.ShouldBe(2_999_999_999);
    }

    [Fact]
    public void A_contra_account_survives_being_stored() =>
        Gen.Select(Gen.Enum<ContraKind>(), Gen.Int[0, Limits.IdMax]).Sample((kind, id) =>
        {
            var contra = new ContraAccount(kind, id);
            ContraAccount.FromCode(contra.Code).ShouldBe(contra);
        });

    [Fact]
    public void A_contra_account_reads_as_its_kind_and_number()
    {
        ContraAccount.Operator(7).ToString().ShouldBe("operator/7");
        ContraAccount.Bank(3).ToString().ShouldBe("bank/3");
        ContraAccount.None.ToString().ShouldBe("none");
    }

    [Fact]
    public void A_side_reads_as_its_purse_or_its_contra_account()
    {
        new Side(Purse.Meal, ContraAccount.None).ToString().ShouldBe("purse/meal");
        new Side(Purse.Transport, ContraAccount.None).ToString().ShouldBe("purse/transport");
        new Side(Purse.None, ContraAccount.Budget(5)).ToString().ShouldBe("budget/5");
        default(Side).ToString().ShouldBe("none");
    }

    [Fact]
    public void A_selection_reads_what_contra_accounts_are_called_and_holds_them() =>
        Gen.Select(Gen.Enum<ContraKind>().Where(kind => kind is not (ContraKind.None or ContraKind.Transit)), Gen.Int[1, Limits.IdMax], Gen.Enum<ContraKind>(), Gen.Int[1, Limits.IdMax]).Sample((kind, id, otherKind, otherId) =>
        {
            var (contra, other) = (new ContraAccount(kind, id), new ContraAccount(otherKind, otherId));

            ContraSelection.TryParse(contra.ToString(), out var one).ShouldBeTrue();
            ContraSelection.TryParse(contra.ToString().Split('/')[0], out var kindred).ShouldBeTrue();

            (one.Contains(contra), one.Contains(other)).ShouldBe((true, other == contra));
            (kindred.Contains(contra), kindred.Contains(other)).ShouldBe((true, otherKind == kind));
            (ContraSelection.All.Contains(contra), ContraSelection.All.Contains(ContraAccount.None)).ShouldBe((true, false));
        });

    [Theory]
    [InlineData("none")]
    [InlineData("none/1")]
    [InlineData("Operator/7")]
    [InlineData("operator/")]
    [InlineData("operator/0")]
    [InlineData("operator/1000000000")]
    [InlineData("operator/+7")]
    [InlineData("operator/007")]
    [InlineData("transit/1")]
    [InlineData("operator/7/8")]
    [InlineData("purse/meal")]
    [InlineData("/")]
    public void What_is_no_contra_account_is_no_selection(string text) => ContraSelection.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Money_on_its_way_is_selected_as_a_kind()
    {
        ContraSelection.TryParse("transit", out var transit).ShouldBeTrue();
        (transit.Contains(ContraAccount.Transit), transit.Contains(ContraAccount.Budget(5))).ShouldBe((true, false));
    }

    [Fact]
    public void Nothing_said_selects_all()
    {
        ContraSelection.TryParse("", out var all).ShouldBeTrue();
        all.ShouldBe(ContraSelection.All);
    }
}
