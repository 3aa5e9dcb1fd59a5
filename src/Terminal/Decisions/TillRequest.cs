using Google.Protobuf;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Lists;
using Zvonok.Domain.Operations;
using Zvonok.Terminals.Lists;
using Zvonok.Till.V1;
using MealKind = Zvonok.Domain.Accounts.MealKind;
using ProductCategory = Zvonok.Domain.Accounts.ProductCategory;
using SaleLine = Zvonok.Domain.Accounts.SaleLine;

namespace Zvonok.Terminals.Decisions;

/// <summary>Something that a till or validator is asked for: what goes to the core, how it is decided alone, and what of it is kept.</summary>
internal abstract class TillRequest
{
    /// <summary>As the core takes it.</summary>
    public abstract IMessage Message { get; }

    /// <summary>The same as a fact, without the card: who it was is said by the handle.</summary>
    public abstract UploadFactsRequest Fact(int holder);

    /// <summary>Decides it alone.</summary>
    public abstract TillVerdict Decide(ListIndex index, ListIndex.Found? card, Had had, ContraAccount seller, ListKey key, Instant now);

    /// <summary>What counts against the allowance, the meals and the orders of the person; null: nothing.</summary>
    public abstract Sold? SoldTo(OperationId operation, int handle, LocalDate day, Instant? knownAt);

    /// <summary>What to hand out; empty for what the cashier has named.</summary>
    public virtual IReadOnlyList<Zvonok.Till.V1.SaleLine> Served => [];

    /// <summary>Takes over what the core has answered.</summary>
    public virtual void Granted(ListIndex? index, ListIndex.Found? card, Instant now, ContraAccount seller)
    {
    }
}

/// <summary>A sale.</summary>
internal sealed class SaleRequest(SellRequest sell) : TillRequest
{
    private readonly SaleLine[] _lines = TillLines.Read(sell.Lines);

    public override IMessage Message => sell;

    public override UploadFactsRequest Fact(int holder)
    {
        var fact = sell.Clone();
        (fact.CardUid, fact.StopListOverride) = (ByteString.Empty, null);
        return new UploadFactsRequest { Sell = fact, Holder = holder };
    }

    public override TillVerdict Decide(ListIndex index, ListIndex.Found? card, Had had, ContraAccount seller, ListKey key, Instant now) => sell.StopListOverride is not null
        ? TillVerdict.Later(NotNowReason.NeedsConnection)
        : TillRules.Sell(index, card, _lines, sell.CashierConfirmed, had, seller, key, now);

    public override Sold SoldTo(OperationId operation, int handle, LocalDate day, Instant? knownAt) => new(operation, handle, day, DaySpending.Of(_lines), null, null, knownAt);
}

/// <summary>A meal at public cost.</summary>
internal sealed class MealRequest(RedeemMealRequest meal) : TillRequest
{
    private readonly SaleLine[] _lines = TillLines.Read(meal.Lines);

    public override IMessage Message => meal;

    public override UploadFactsRequest Fact(int holder)
    {
        var fact = meal.Clone();
        (fact.CardUid, fact.StopListOverride) = (ByteString.Empty, null);
        return new UploadFactsRequest { RedeemMeal = fact, Holder = holder };
    }

    public override TillVerdict Decide(ListIndex index, ListIndex.Found? card, Had had, ContraAccount seller, ListKey key, Instant now) => meal.StopListOverride is not null
        ? TillVerdict.Later(NotNowReason.NeedsConnection)
        : TillRules.RedeemMeal(index, card, (MealKind)meal.MealKind, _lines, meal.CashierConfirmed, had, seller, key, now);

    public override Sold SoldTo(OperationId operation, int handle, LocalDate day, Instant? knownAt) => new(operation, handle, day, DaySpending.None, (MealKind)meal.MealKind, null, knownAt);
}

/// <summary>A meal that was ordered.</summary>
internal sealed class OrderRequest(RedeemOrderRequest order) : TillRequest
{
    private ListedMeal? _listed;

    public override IMessage Message => order;

    public override IReadOnlyList<Zvonok.Till.V1.SaleLine> Served =>
        _listed is null ? [] : [.. _listed.Products.Select(product => new Zvonok.Till.V1.SaleLine { ProductCode = product.Code, Quantity = product.Quantity })];

    public override UploadFactsRequest Fact(int holder)
    {
        var fact = order.Clone();
        (fact.CardUid, fact.StopListOverride) = (ByteString.Empty, null);
        return new UploadFactsRequest { RedeemOrder = fact, Holder = holder };
    }

    public override TillVerdict Decide(ListIndex index, ListIndex.Found? card, Had had, ContraAccount seller, ListKey key, Instant now)
    {
        if (order.StopListOverride is not null) return TillVerdict.Later(NotNowReason.NeedsConnection);
        (var verdict, _listed) = TillRules.RedeemOrder(index, card, (MealKind)order.MealKind, had, seller, now);
        return verdict;
    }

    public override void Granted(ListIndex? index, ListIndex.Found? card, Instant now, ContraAccount seller) =>
        _listed = index is null || card is null ? null : index.Order(card.Holder, TillRules.DayOf(index, now), (MealKind)order.MealKind, seller);

    // What is on no list is had by nobody offline.
    public override Sold? SoldTo(OperationId operation, int handle, LocalDate day, Instant? knownAt) =>
        _listed is null ? null : new Sold(operation, handle, day, DaySpending.None, null, _listed.Mark, knownAt);
}

/// <summary>A ride.</summary>
internal sealed class RideRequest(PayRideRequest ride, Money fareMost) : TillRequest
{
    public override IMessage Message => ride;

    public override UploadFactsRequest Fact(int holder)
    {
        var fact = ride.Clone();
        fact.CardUid = ByteString.Empty;
        return new UploadFactsRequest { PayRide = fact, Holder = holder };
    }

    public override TillVerdict Decide(ListIndex index, ListIndex.Found? card, Had had, ContraAccount seller, ListKey key, Instant now) =>
        TillRules.PayRide(index, card, new Money(ride.FareKopecks), fareMost, had, now);

    public override Sold SoldTo(OperationId operation, int handle, LocalDate day, Instant? knownAt) => new(operation, handle, day, DaySpending.OnRide(new Money(ride.FareKopecks)), null, null, knownAt);
}

/// <summary>Lines as the rules have them.</summary>
internal static class TillLines
{
    /// <summary>Checks them as the core would: what it would not take must not come into the queue.</summary>
    public static SaleLine[] Read(IReadOnlyCollection<Zvonok.Till.V1.SaleLine> lines)
    {
        Check(lines.Count is >= 1 and <= Limits.SaleLinesMax, $"lines should be 1 to {Limits.SaleLinesMax}.");
        var read = lines.Select(Read).ToArray();
        Check(DaySpending.Of(read).Total is { Kopecks: >= 1 and <= Limits.AmountMax }, $"The sum of the lines should be 1 to {Limits.AmountMax} kopecks.");
        return read;
    }

    public static long Total(IEnumerable<Zvonok.Till.V1.SaleLine> lines) => lines.Sum(line => checked(line.Quantity * line.UnitPriceKopecks));

    private static SaleLine Read(Zvonok.Till.V1.SaleLine line)
    {
        Check(line.ProductCode.Length is >= 1 and <= Limits.ProductCodeLengthMax && line.ProductCode.All(c => c is > ' ' and <= '~'), $"product_code should be 1 to {Limits.ProductCodeLengthMax} printable ASCII characters.");
        Check(line.Category is Zvonok.Till.V1.ProductCategory.HotMeal or Zvonok.Till.V1.ProductCategory.Buffet, "category should be HOT_MEAL or BUFFET.");
        Check(line.Quantity is >= 1 and <= Limits.QuantityMax, $"quantity should be 1 to {Limits.QuantityMax}.");
        Check(line.UnitPriceKopecks is >= 0 and <= Limits.AmountMax, $"unit_price_kopecks should be 0 to {Limits.AmountMax}.");
        try
        {
            return new SaleLine(line.ProductCode, (ProductCategory)line.Category, line.Quantity, new Money(line.UnitPriceKopecks), ListReader.Read(line.Allergens));
        }
        catch (InvalidDataException exception)
        {
            throw new ArgumentException(exception.Message, nameof(line));
        }
    }

    private static void Check(bool holds, string remedy)
    {
        if (!holds) throw new ArgumentException(remedy);
    }
}
