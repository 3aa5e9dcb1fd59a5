using Zvonok.Api.Till;
using Zvonok.Domain.Accounts;
using Zvonok.Till.V1;

namespace Zvonok.Api.Tests.Tills;

/// <summary>What a till shows is for the cashier, and shames nobody.</summary>
[Trait("Rule", "M1")]
public sealed class CashierMessageTests
{
    // Words that would hurt, and words for the child: the message speaks of cards, purses and sales.
    private static readonly string[] Forbidden =
    [
        "debt", "owe", "poor", "beg", "sham", "cannot afford", "child", "pupil", "parent", "mother", "father", "hungry", "denied",
        "долг", "должен", "бедн", "нищ", "стыд", "позор", "ребён", "ребен", "ученик", "родител", "мама", "папа", "голод", "отказано",
    ];

    private static IEnumerable<AccountRefusal> Heard => Enum.GetValues<RefusalReason>().Where(reason => reason != RefusalReason.Unspecified).Select(reason => (AccountRefusal)reason);

    public static TheoryData<AccountRefusal> Refusals => [.. Heard];

    [Theory, MemberData(nameof(Refusals))]
    public void A_refusal_has_one_text_in_each_language(AccountRefusal refusal)
    {
        var message = CashierMessages.Of(refusal);

        message.Ru.ShouldMatch("^[А-ЯЁ].*[а-яё].*[.]$");
        message.Ru.ShouldNotMatch("[A-Za-z]");
        message.En.ShouldMatch("^[A-Z].*[a-z].*[.]$");
        message.En.ShouldNotMatch("[А-Яа-яЁё]");
        message.Ru.Length.ShouldBeLessThan(160, "A till's display is small.");
        message.En.Length.ShouldBeLessThan(160, "A till's display is small.");
    }

    [Theory, MemberData(nameof(Refusals))]
    public void Nothing_in_it_is_shaming(AccountRefusal refusal)
    {
        var message = CashierMessages.Of(refusal);

        foreach (var word in Forbidden)
        {
            message.Ru.ShouldNotContain(word, Case.Insensitive);
            message.En.ShouldNotContain(word, Case.Insensitive);
        }
    }

    [Fact]
    public void No_two_refusals_say_the_same()
    {
        var messages = Heard.Select(CashierMessages.Of).ToList();

        messages.Select(message => message.Ru).ShouldBeUnique();
        messages.Select(message => message.En).ShouldBeUnique();
    }
}
