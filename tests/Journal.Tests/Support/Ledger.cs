namespace Zvonok.Journal.Tests.Support;

/// <summary>An account's ledger that adds up; each entry is a minute after the one before.</summary>
internal sealed class Ledger(long serial = 4_021_337)
{
    private readonly List<Entry> _entries = [];

    public AccountNumber Account { get; } = Given.Number(serial);

    public IReadOnlyList<Entry> Entries => _entries;

    public Entry TopUp(long kopecks = 50_000, Purse purse = Purse.Meal) => Add(EntryKind.TopUp, kopecks, Given.Bank, purse: purse);

    public Entry Sell(long kopecks = 15_000, LocalDate? day = null, ProductCategory category = ProductCategory.HotMeal, long creditFloor = 0) => Replace(Spend(
        Add(EntryKind.Sale, -kopecks, Given.Seller, day) with { Lines = [Given.Lunch with { UnitPrice = new Money(kopecks), Category = category }], CreditFloor = new Money(creditFloor) }));

    public Entry Reverse(Entry sale, LineSet lines = default) => Replace(Spend(
        Add(EntryKind.Reversal, -sale.Amount.Kopecks, sale.Contra, sale.LimitDay) with { ReversedSeq = sale.Seq, ReversedLines = lines, Lines = sale.Lines }));

    public Entry Ride(long kopecks = 4_600, LocalDate? day = null) => Replace(Spend(Add(EntryKind.Ride, -kopecks, ContraAccount.Carrier(12), day, Purse.Transport)));

    /// <summary>A lunch that a budget pays.</summary>
    public Entry Redeem(long kopecks = 15_000, LocalDate? day = null) => Replace(Add(EntryKind.Redemption, -kopecks, Given.Seller, day, Purse.None) with
    {
        Payer = ContraAccount.Budget(5),
        Meal = MealKind.Lunch,
        RedeemedOn = day ?? Given.Today,
        RedeemedAfter = MealSet.Of(MealKind.Lunch),
        Lines = [Given.Lunch with { UnitPrice = new Money(kopecks) }],
    });

    /// <summary>It is taken back to the budget.</summary>
    public Entry GiveBack(Entry meal) => Replace(Add(EntryKind.Reversal, -meal.Amount.Kopecks, meal.Contra, meal.LimitDay, Purse.None) with
    {
        Payer = meal.Payer,
        Meal = meal.Meal,
        RedeemedOn = meal.RedeemedOn,
        ReversedSeq = meal.Seq,
        Lines = meal.Lines,
    });

    /// <summary>Money leaves for another account.</summary>
    public Entry Send(AccountNumber to, long kopecks = 1_000) => Replace(Add(EntryKind.TransferOut, -kopecks, ContraAccount.Transit) with { Counterpart = new EntryKey(to, 0) });

    /// <summary>It arrives here.</summary>
    public Entry Receive(Entry sent) => Replace(Add(EntryKind.TransferIn, -sent.Amount.Kopecks, ContraAccount.Transit) with { Counterpart = new EntryKey(sent.Account, sent.Seq) });

    /// <summary>It comes back.</summary>
    public Entry TakeBack(Entry sent) => Replace(Add(EntryKind.TransferReturn, -sent.Amount.Kopecks, ContraAccount.Transit) with { ReversedSeq = sent.Seq });

    /// <summary>A lunch that is ordered.</summary>
    public Entry Order(long kopecks = 1_000, LocalDate? day = null) =>
        Replace(Add(EntryKind.Order, -kopecks, ContraAccount.Preorder(Given.Seller), day) with { Meal = MealKind.Lunch, Lines = [Given.Lunch with { UnitPrice = new Money(kopecks) }] });

    /// <summary>It is served, cancelled, or ends with its day.</summary>
    public Entry EndOrder(Entry order, EntryKind kind = EntryKind.OrderRedemption) => Replace(
        (kind == EntryKind.OrderCancel ? Add(kind, -order.Amount.Kopecks, order.Contra, order.LimitDay) : Add(kind, order.Amount.Kopecks, Given.Seller, order.LimitDay, Purse.None) with { Payer = order.Contra }) with
        {
            ReversedSeq = order.Seq, Meal = order.Meal, Lines = order.Lines,
        });

    public Entry ChangeLimit() => Add(EntryKind.LimitChange, 0, ContraAccount.None);

    public Entry ChangeStopList() => Add(EntryKind.StopListChange, 0, ContraAccount.None);

    private Entry Replace(Entry entry) => _entries[^1] = entry;

    private Entry Spend(Entry entry)
    {
        if (entry.LimitDay < entry.SpentOn) return entry;
        var before = entry.LimitDay == entry.SpentOn ? new DaySpending(entry.SpentAfter - entry.BuffetSpentAfter, entry.BuffetSpentAfter, entry.RidesSpentAfter) : DaySpending.None;
        var spent = before + AccountRules.SpendingOf(entry);
        return entry with { SpentOn = entry.LimitDay, SpentAfter = spent.Total, BuffetSpentAfter = spent.Buffet, RidesSpentAfter = spent.Rides };
    }

    private Entry Add(EntryKind kind, long kopecks, ContraAccount contra, LocalDate? day = null, Purse purse = Purse.Meal)
    {
        var before = _entries.LastOrDefault();
        var (meal, transport) = (before?.MealAfter ?? Money.Zero, before?.TransportAfter ?? Money.Zero);
        var at = Given.Morning + Duration.FromMinutes(_entries.Count);
        var entry = Given.Entry(seq: _entries.Count + 1, operation: Given.Operation(at)) with
        {
            Account = Account,
            Kind = kind,
            Purse = purse,
            Amount = new Money(kopecks),
            Contra = contra,
            MealAfter = purse == Purse.Meal ? meal + new Money(kopecks) : meal,
            TransportAfter = purse == Purse.Transport ? transport + new Money(kopecks) : transport,
            LimitDay = day ?? Given.Today,
            SpentOn = before?.SpentOn ?? LocalDate.MinIsoValue,
            SpentAfter = before?.SpentAfter ?? Money.Zero,
            BuffetSpentAfter = before?.BuffetSpentAfter ?? Money.Zero,
            RidesSpentAfter = before?.RidesSpentAfter ?? Money.Zero,
            EventAt = at,
            RecordedAt = at,
            MadeUntil = at,
        };
        _entries.Add(entry);
        return entry;
    }
}
