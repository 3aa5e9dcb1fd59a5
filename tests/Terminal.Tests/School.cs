using Zvonok.Api.Lists;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Lists;
using Zvonok.Terminals.V1;
using Holder = Zvonok.Domain.Lists.Holder;
using ListDelta = Zvonok.Domain.Lists.ListDelta;
using ListedCard = Zvonok.Domain.Lists.ListedCard;
using ListedMeal = Zvonok.Domain.Lists.ListedMeal;
using ListTerms = Zvonok.Domain.Lists.ListTerms;
using OfflineAllowance = Zvonok.Domain.Lists.OfflineAllowance;
using OfflineList = Zvonok.Domain.Lists.OfflineList;

namespace Zvonok.Terminals.Tests;

/// <summary>A small school with its keys and the lists that are made of it.</summary>
internal sealed class School : IDisposable
{
    public const int Id = 1501;
    public const int Gate = 601;
    public const int Till = 501;
    public const int Validator = 701;
    public const int Operator = 7;
    public const string Zone = "Europe/Moscow";

    public static readonly BuildingId Building = new(Id);

    public static readonly ListKey Key = new ListMasterKey(Enumerable.Range(0, 32).Select(n => (byte)n).ToArray()).Of(Building);

    public static readonly ContraAccount Seller = ContraAccount.Operator(Operator);

    private readonly ListSigner _signer = new(ListSigner.NewKey());

    public byte[] PublicKey => _signer.PublicKey;

    public void Dispose() => _signer.Dispose();

    /// <summary>The radio number of a person's card.</summary>
    public static byte[] Uid(int person) => [0x04, 0xA1, (byte)(person >> 16), (byte)(person >> 8), (byte)person, 0x7E, 0x80];

    public static ListToken Token(int person) => Key.TokenOf(CardDigest.Of(Uid(person)));

    /// <summary>A person whose card opens the building; the handle is the person's number.</summary>
    public static Holder Person(int person, CardState state = CardState.Active, Instant? end = null, long allowance = 0) => new()
    {
        Handle = person,
        Kind = AccountKind.Pupil,
        Cards = [new ListedCard(Token(person), state, end)],
        Allowance = Allow(allowance),
        NextAllowance = Allow(allowance),
    };

    public static readonly ListTerms Terms = new(Building, DeviceKind.Gate, Key.Id, BuildingMode.Normal, Zone, new LocalDate(2026, 3, 2), new LocalDate(2026, 3, 3), Money.Zero);

    public static OfflineAllowance Allow(long kopecks) => new(new Money(kopecks), new Money(kopecks), new Money(kopecks));

    public static OfflineList List(DeviceKind audience, Instant madeAt, IEnumerable<Holder> holders, long version = 1, BuildingMode mode = BuildingMode.Normal, IEnumerable<ListedMeal>? meals = null)
    {
        var day = Domain.Time.Calendars.DayOf(madeAt, Zone);
        return new OfflineList(new ListTerms(Building, audience, Key.Id, mode, Zone, day, day.PlusDays(1), new Money(50_000)), meals ?? [], holders)
        {
            Version = version, MadeAt = Instant.FromUnixTimeSeconds(madeAt.ToUnixTimeSeconds()), ValidUntil = Instant.FromUnixTimeSeconds(madeAt.ToUnixTimeSeconds()) + Duration.FromHours(72),
        };
    }

    public SignedList Sign(OfflineList list) => SignedLists.Sign(list, _signer);

    public SignedList Sign(ListDelta delta) => SignedLists.Sign(delta, _signer);

    /// <summary>What a terminal of this school is given.</summary>
    public TerminalOptions Options(string file, bool isTill, params Uri[] addresses) => new()
    {
        Addresses = addresses,
        DataFile = file,
        Devices = [isTill ? Till : Gate],
        Building = Id,
        Operator = isTill ? Operator : 0,
        ListKeyId = Key.Id,
        ListKey = Key.ToBytes(),
        SigningKeys = [PublicKey],
        ReconnectAtMostEvery = TimeSpan.FromMilliseconds(500),
    };
}
