using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Accounts;

/// <summary>When two refusals hold together, the one that stands earlier in the enumeration is told.</summary>
public sealed class AccountRefusalOrderTests
{
    private static readonly Instant Now = Given.Morning;

    [Fact]
    [Trait("Rule", "M1")]
    public void A_cards_refusal_comes_before_a_closed_account() =>
        Sell(CardRefusal.Expired, isClosed: true, limit: 0, meal: 0).ShouldBe(AccountRefusal.CardExpired);

    [Fact]
    [Trait("Rule", "M1")]
    public void A_closed_account_comes_before_the_daily_limit() =>
        Sell(CardRefusal.None, isClosed: true, limit: 0, meal: 0).ShouldBe(AccountRefusal.AccountClosed);

    [Fact]
    [Trait("Rule", "M1")]
    [Trait("Rule", "M2")]
    public void A_categorys_limit_comes_before_the_daily_limit()
    {
        Sell(CardRefusal.None, isClosed: true, limit: 0, meal: 0, hotMealLimit: 0).ShouldBe(AccountRefusal.AccountClosed);
        Sell(CardRefusal.None, isClosed: false, limit: 0, meal: 0, hotMealLimit: 0).ShouldBe(AccountRefusal.CategoryLimit);
    }

    [Fact]
    [Trait("Rule", "M1")]
    [Trait("Rule", "M2")]
    public void The_daily_limit_comes_before_an_empty_purse()
    {
        Sell(CardRefusal.None, isClosed: false, limit: 0, meal: 0).ShouldBe(AccountRefusal.DailyLimit);
        Sell(CardRefusal.None, isClosed: false, limit: null, meal: 0).ShouldBe(AccountRefusal.InsufficientFunds);
    }

    [Theory]
    [Trait("Rule", "M3")]
    [InlineData(true, StopStrength.Hard, 0L, 0L, AccountRefusal.AccountClosed)]
    [InlineData(false, StopStrength.Hard, 0L, 0L, AccountRefusal.StopList)]
    [InlineData(false, StopStrength.Soft, 0L, 0L, AccountRefusal.CategoryLimit)]
    [InlineData(false, StopStrength.Soft, null, 0L, AccountRefusal.InsufficientFunds)]
    [InlineData(false, StopStrength.Soft, null, 15_000L, AccountRefusal.ConfirmationNeeded)]
    public void What_is_forbidden_comes_before_the_limits_and_what_is_to_be_confirmed_comes_last(bool isClosed, StopStrength strength, long? hotMealLimit, long meal, AccountRefusal expected) =>
        Sell(CardRefusal.None, isClosed, limit: null, meal, hotMealLimit, new StopList(hotMeal: strength)).ShouldBe(expected);

    [Fact]
    [Trait("Rule", "M4")]
    public void What_the_buffet_lacks_comes_before_what_the_credit_lacks() =>
        AccountRules.Decide(Given.Account(), Given.Meal(hotMeal: 100, buffet: 1) with { CreditFloor = new Money(-99) }, CardRefusal.None, DaySpending.None, Now)
            .Refusal.ShouldBe(AccountRefusal.InsufficientFunds);

    [Fact]
    [Trait("Rule", "M8")]
    public void A_closed_account_comes_before_an_unknown_sale() =>
        Reverse(isClosed: true, sale: null, otherOperator: true, isReversed: true, daysLater: 3, isFull: true).ShouldBe(AccountRefusal.AccountClosed);

    [Fact]
    [Trait("Rule", "M8")]
    public void An_unknown_sale_comes_before_another_operator() =>
        Reverse(isClosed: false, sale: TopUpEntry, otherOperator: true, isReversed: true, daysLater: 3, isFull: true).ShouldBe(AccountRefusal.SaleUnknown);

    [Fact]
    [Trait("Rule", "M8")]
    public void Another_operator_comes_before_being_reversed_already() =>
        Reverse(isClosed: false, SaleEntry, otherOperator: true, isReversed: true, daysLater: 3, isFull: true).ShouldBe(AccountRefusal.OtherOperator);

    [Fact]
    [Trait("Rule", "M8")]
    public void Another_operator_comes_before_an_unknown_line_and_that_before_being_reversed_already()
    {
        Reverse(isClosed: false, SaleEntry, otherOperator: true, isReversed: true, daysLater: 3, isFull: true, isLineUnknown: true).ShouldBe(AccountRefusal.OtherOperator);
        Reverse(isClosed: false, SaleEntry, otherOperator: false, isReversed: true, daysLater: 3, isFull: true, isLineUnknown: true).ShouldBe(AccountRefusal.LineUnknown);
    }

    [Fact]
    [Trait("Rule", "M8")]
    public void Being_reversed_already_comes_before_being_too_late() =>
        Reverse(isClosed: false, SaleEntry, otherOperator: false, isReversed: true, daysLater: 3, isFull: true).ShouldBe(AccountRefusal.AlreadyReversed);

    [Fact]
    [Trait("Rule", "M8")]
    public void Being_too_late_comes_before_a_full_purse()
    {
        Reverse(isClosed: false, SaleEntry, otherOperator: false, isReversed: false, daysLater: 3, isFull: true).ShouldBe(AccountRefusal.ReversalTooLate);
        Reverse(isClosed: false, SaleEntry, otherOperator: false, isReversed: false, daysLater: 2, isFull: true).ShouldBe(AccountRefusal.PurseFull);
    }

    [Fact]
    [Trait("Rule", "M9")]
    public void A_closed_account_comes_before_a_full_purse() =>
        AccountRules.Decide(Given.Account(meal: Limits.BalanceMax, isClosed: true), Given.TopUp(1), Now).Refusal.ShouldBe(AccountRefusal.AccountClosed);

    /// <summary>Whatever holds together, the sale is refused with the first of the reasons.</summary>
    [Fact]
    [Trait("Rule", "M1")]
    public void The_first_of_all_reasons_is_told() =>
        Gen.Select(Gen.Enum<CardRefusal>(), Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, Gen.Enum<StopStrength>().Nullable()).Sample((card, isClosed, isCategoryLimited, isLimited, isEmpty, stop) =>
        {
            var reasons = new List<AccountRefusal>();
            if (card != CardRefusal.None) reasons.Add(Enum.Parse<AccountRefusal>($"Card{card}"));
            if (isClosed) reasons.Add(AccountRefusal.AccountClosed);
            if (isCategoryLimited) reasons.Add(AccountRefusal.CategoryLimit);
            if (isLimited) reasons.Add(AccountRefusal.DailyLimit);
            if (isEmpty) reasons.Add(AccountRefusal.InsufficientFunds);
            if (stop is { } strength) reasons.Add(strength == StopStrength.Hard ? AccountRefusal.StopList : AccountRefusal.ConfirmationNeeded);

            Sell(card, isClosed, isLimited ? 0 : null, isEmpty ? 0 : 100_000, isCategoryLimited ? 0 : null, stop is null ? null : new StopList(hotMeal: stop))
                .ShouldBe(reasons.OrderBy(Precedence.IndexOf).FirstOrDefault());
        });

    // As the source lists them; numbers are given for ever, so that later reasons have higher ones.
    private static List<AccountRefusal> Precedence { get; } =
        [.. typeof(AccountRefusal).GetFields().Where(field => field.IsLiteral).Select(field => (AccountRefusal)field.GetRawConstantValue()!)];

    private static Entry SaleEntry =>
        AccountRules.Decide(Given.Account(meal: 15_000), Given.Sale(15_000), CardRefusal.None, DaySpending.None, Now).Entry!;

    private static Entry TopUpEntry => AccountRules.Decide(Given.Account(), Given.TopUp(), Now).Entry!;

    private static AccountRefusal Sell(CardRefusal card, bool isClosed, long? limit, long meal, long? hotMealLimit = null, StopList? stopList = null)
    {
        var account = Given.Account(meal: meal, limit: limit, isClosed: isClosed);
        var limited = account with { Profile = account.Profile with { HotMealLimit = hotMealLimit is { } kopecks ? new Money(kopecks) : null, StopList = stopList } };
        return AccountRules.Decide(limited, Given.Sale(), card, DaySpending.None, Now).Refusal;
    }

    private static AccountRefusal Reverse(bool isClosed, Entry? sale, bool otherOperator, bool isReversed, int daysLater, bool isFull, bool isLineUnknown = false) =>
        AccountRules.Decide(
            Given.Account(meal: isFull ? Limits.BalanceMax : 0, isClosed: isClosed),
            Given.Reversal(seller: otherOperator ? ContraAccount.Operator(8) : null, lines: isLineUnknown ? LineSet.Of(0, 1) : LineSet.Of(0)),
            sale, isReversed ? LineSet.All : LineSet.None, Now + Duration.FromDays(daysLater)).Refusal;
}
