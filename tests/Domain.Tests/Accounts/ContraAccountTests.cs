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
}
