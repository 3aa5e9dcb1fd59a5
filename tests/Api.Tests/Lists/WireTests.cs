using Zvonok.Api.Lists;
using Zvonok.Domain;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Lists;
using Zvonok.Domain.Tests.Lists;
using Zvonok.Terminals.Lists;
using Zvonok.Terminals.V1;
using Holder = Zvonok.Domain.Lists.Holder;
using ListedCard = Zvonok.Domain.Lists.ListedCard;
using ListedMeal = Zvonok.Domain.Lists.ListedMeal;
using ListedProduct = Zvonok.Domain.Lists.ListedProduct;
using ListTerms = Zvonok.Domain.Lists.ListTerms;
using OfflineAllowance = Zvonok.Domain.Lists.OfflineAllowance;
using OfflineList = Zvonok.Domain.Lists.OfflineList;
using StopStrength = Zvonok.Domain.Accounts.StopStrength;

namespace Zvonok.Api.Tests.Lists;

/// <summary>Lists and deltas on the wire, without a server.</summary>
[Trait("Rule", "O1")]
public sealed class WireTests : IDisposable
{
    private readonly ListSigner _signer = new(ListSigner.NewKey());
    private readonly ListVerifier _verifier;

    public WireTests() => _verifier = new ListVerifier(_signer.PublicKey);

    [Fact]
    public void A_chain_of_deltas_leads_to_the_newest_version_through_the_wire_as_well() => AnyList.Chain.Sample(
        chain =>
        {
            var list = ListReader.Read(Sent(SignedLists.Sign(chain[0], _signer)).List);
            ShouldBeSame(list, chain[0]);
            for (var i = 1; i < chain.Length; i++)
            {
                (var outcome, list) = ListDeltas.Apply(list, ListReader.Read(Sent(SignedLists.Sign(ListDeltas.Diff(chain[i - 1], chain[i]), _signer)).Delta));
                outcome.ShouldBe(ListApplication.Applied);
                ShouldBeSame(list, chain[i]);
            }
        },
        iter: 300);

    [Fact]
    public void Whatever_bit_of_a_signed_list_is_changed_it_is_found() => Gen.Select(AnyList.Chain, Gen.Int[0, int.MaxValue], Gen.Bool).Sample(
        (chain, at, isDelta) =>
        {
            var bytes = (isDelta ? SignedLists.Sign(ListDeltas.Diff(chain[0], chain[1]), _signer) : SignedLists.Sign(chain[0], _signer)).ToByteArray();
            var bit = at % (8 * bytes.Length);
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
            IsTaken(bytes).ShouldBeFalse($"bit {bit} of {bytes.Length} bytes");
        },
        iter: 2_000);

    [Fact]
    public void Every_single_bit_of_a_signed_delta_counts()
    {
        var list = Town(10);
        var sound = SignedLists.Sign(ListDeltas.Diff(list, Changed(list)), _signer).ToByteArray();
        IsTaken(sound).ShouldBeTrue();
        for (var bit = 0; bit < 8 * sound.Length; bit++)
        {
            var bytes = (byte[])sound.Clone();
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
            IsTaken(bytes).ShouldBeFalse($"bit {bit}");
        }
    }

    [Fact]
    public void A_list_of_2500_cards_fits_into_150_KB_and_one_change_into_200_bytes()
    {
        var list = Town(2_500);

        SignedLists.Sign(list, _signer).CalculateSize().ShouldBeLessThanOrEqualTo(150_000);
        SignedLists.Sign(ListDeltas.Diff(list, Changed(list)), _signer).CalculateSize().ShouldBeLessThanOrEqualTo(200);
    }

    public void Dispose()
    {
        _signer.Dispose();
        _verifier.Dispose();
    }

    private ListContent Sent(SignedList signed)
    {
        ListReader.TryOpen(SignedList.Parser.ParseFrom(signed.ToByteArray()), _verifier, out var content).ShouldBeTrue();
        return content!;
    }

    private bool IsTaken(byte[] bytes)
    {
        try
        {
            return ListReader.TryOpen(SignedList.Parser.ParseFrom(bytes), _verifier, out _);
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    private static void ShouldBeSame(OfflineList list, OfflineList expected)
    {
        list.ShouldBe(expected);
        list.Terms.ShouldBe(expected.Terms);
        list.Meals.ShouldBe(expected.Meals);
        list.Holders.ShouldBe(expected.Holders);
    }

    // A large school at its fullest: everybody has meals at public cost and two ordered on each of two days, every fifth a family that stops something, every tenth less in the purse than policy allows.
    private static OfflineList Town(int cards)
    {
        var random = new Random(1);
        var day = new LocalDate(2026, 9, 1);
        ListedMeal[] meals =
        [
            .. from ahead in Enumerable.Range(0, 2) from meal in (MealKind[])[MealKind.Breakfast, MealKind.Lunch] from dish in Enumerable.Range(1, 5)
               select new ListedMeal(day.PlusDays(ahead), meal, ContraAccount.Operator(7), [new ListedProduct($"MEAL-{dish}", 1), new ListedProduct("JUICE", 1)]),
        ];
        var marks = meals.Select(meal => meal.Mark).ToArray();
        var allowance = new OfflineAllowance(new Money(30_000), new Money(30_000), new Money(30_000));
        return new OfflineList(
            new ListTerms(new BuildingId(1_501), DeviceKind.Till, uint.MaxValue, BuildingMode.Normal, "Europe/Moscow", day, day.PlusDays(1), new Money(30_000)),
            meals,
            Enumerable.Range(1, cards).Select(n => new Holder
            {
                Handle = n,
                Kind = AccountKind.Pupil,
                Cards = [new ListedCard(new ListToken((ulong)random.NextInt64()), CardState.Active, null)],
                Meals = MealSet.Of(MealKind.Breakfast, MealKind.Lunch),
                NextMeals = MealSet.Of(MealKind.Breakfast, MealKind.Lunch),
                Orders = [.. Enumerable.Range(0, 4).Select(block => marks[5 * block + random.Next(5)]).Order()],
                Stops = n % 5 == 0 ? new Domain.Lists.ListedStops(Allergens.Milk | Allergens.Nuts, null, StopStrength.Soft, [17, 4_000_000_000], []) : null,
                Allowance = n % 10 == 0 ? new OfflineAllowance(new Money(29_999), new Money(10_000), new Money(29_999)) : allowance,
                NextAllowance = allowance,
            }))
        {
            Version = 1_788_242_400,
            MadeAt = Instant.FromUtc(2026, 9, 1, 6, 0),
            ValidUntil = Instant.FromUtc(2026, 9, 4, 6, 0),
        };
    }

    private static OfflineList Changed(OfflineList list) => new(
        list.Terms, list.Meals, [list.Holders[0] with { Cards = [list.Holders[0].Cards[0] with { State = CardState.Lost }] }, .. list.Holders.Skip(1)])
    {
        Version = list.Version + 60,
        MadeAt = list.MadeAt + Duration.FromMinutes(1),
        ValidUntil = list.ValidUntil + Duration.FromMinutes(1),
    };
}
