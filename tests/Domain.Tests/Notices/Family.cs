using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Notices;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Tests.Notices;

/// <summary>Facts of a child's day and those who hear of them.</summary>
internal static class Family
{
    public static Subscription Subscription(NoticeLanguage language = NoticeLanguage.English, long below = 0, params NoticeKind[] kinds) => new()
    {
        Account = Given.Number,
        Guardian = "subject-17",
        Channel = new Channel(ChannelKind.Email, "guardian@example.org"),
        Kinds = kinds.Length == 0 ? NoticeKindSet.All : NoticeKindSet.Of(kinds),
        Language = language,
        LowBalanceBelow = new Money(below),
        ChildName = "Masha",
    };

    public static Entry Entry(EntryKind kind, long amount, long after, Purse purse = Purse.Meal) => new()
    {
        Account = Given.Number,
        Seq = 1,
        Operation = Given.Operation(),
        Fingerprint = new Fingerprint(1),
        Kind = kind,
        Purse = purse,
        Amount = new Money(amount),
        Contra = Given.Seller,
        MealAfter = new Money(purse == Purse.Meal ? after : 7),
        TransportAfter = new Money(purse == Purse.Meal ? 7 : after),
        LimitDay = Given.Today,
        SpentOn = Given.Today,
        SpentAfter = Money.Zero,
        EventAt = Given.Morning,
        RecordedAt = Given.Morning + Duration.FromSeconds(1),
    };

    public static Entry Sale(long total, long after) => Entry(EntryKind.Sale, -total, after) with
    {
        Lines =
        [
            new SaleLine("LUNCH", ProductCategory.HotMeal, 1, new Money(total - 200), Allergens.Milk),
            new SaleLine("BUN", ProductCategory.Buffet, 2, new Money(100), Allergens.Gluten),
        ],
    };

    /// <summary>Of the bun.</summary>
    public static readonly StopOverride Override = new(AccountNumber.FromSerial(77), "Nothing else was left; the family was called", LineSet.Of(1));

    /// <summary>An adult brings the child, or collects it.</summary>
    public static Passage HandOver(Direction? direction = Direction.In, TapRefusal refusal = TapRefusal.None) =>
        Passage(direction, refusal == TapRefusal.None ? PassageOutcome.Admitted : PassageOutcome.Refused, PassageKind.HandOver) with { Account = Given.Number, Escort = Adult, Refusal = refusal };

    /// <summary>Who brings and collects.</summary>
    public static readonly AccountNumber Adult = AccountNumber.FromSerial(88);

    public static Passage Passage(Direction? direction = Direction.In, PassageOutcome outcome = PassageOutcome.Admitted, PassageKind kind = PassageKind.Tap) => new()
    {
        Building = Given.School,
        Seq = 1,
        Operation = Given.Operation(),
        Fingerprint = new Fingerprint(1),
        Kind = kind,
        ModeAfter = BuildingMode.Normal,
        EventAt = Given.Morning,
        RecordedAt = Given.Morning,
        Account = kind == PassageKind.Tap ? Given.Number : null,
        Direction = direction,
        Outcome = outcome,
    };
}
