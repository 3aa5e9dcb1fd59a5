using Grpc.Core;
using Grpc.Net.Client;
using Zvonok.Api.Registry;
using Zvonok.Domain.Accounts;
using Zvonok.Gate.V1;
using Zvonok.Registry.V1;
using Zvonok.Schools.V1;
using AccountKind = Zvonok.Registry.V1.AccountKind;
using BuildingMode = Zvonok.Feed.V1.BuildingMode;
using CardState = Zvonok.Registry.V1.CardState;
using Direction = Zvonok.Gate.V1.Direction;

namespace Zvonok.Processes.Tests.Stage;

/// <summary>A school whose pupils come and leave by its gates' connections, and what its roll call has to say of them.</summary>
/// <param name="seed">What operation ids are drawn from.</param>
internal sealed class SchoolOnFire(int seed)
{
    // More passages than a building makes between two checkpoints (256): some people are known from the one, some from what came since.
    private const int Pupils = 210;
    private const int GateCount = 40;
    private const int Building = 1;
    private const int Teacher = 0;
    private const int WithoutRight = Pupils + 1;
    private const string Zone = "Europe/Moscow";

    // Who has none is on the roll call all the same.
    private static readonly string[] Groups = ["5-A", "7-B", "9-C", ""];

    private readonly OperationIds _ids = new(SystemClock.Instance, seed);
    private readonly SortedDictionary<int, RollCallPerson> _inside = [];

    /// <summary>As registered.</summary>
    public static IEnumerable<int> Gates => Enumerable.Range(101, GateCount);

    public string Summary => $"{_inside.Count} of {Pupils} are inside, {_inside.Values.Count(person => person.FoundTime is not null)} of them found";

    /// <summary>Registers the school, a teacher who answers for children, and pupils of several groups. One has lost the card.</summary>
    public async Task Register(GrpcChannel channel)
    {
        Row[] rows =
        [
            new() { Building = new Building { BuildingId = Building, TimeZone = Zone } },
            .. Gates.Select(gate => new Row { Device = new Device { DeviceId = gate, Kind = DeviceKind.Gate, BuildingId = Building } }),
            .. Enumerable.Range(Teacher, WithoutRight + 1).SelectMany(RowsOf),
        ];
        (await ImportCall.Send(new RegistryService.RegistryServiceClient(channel), [new ImportRequest { Rows = { rows } }])).BadRows.ShouldBeEmpty();
    }

    /// <summary>Everybody comes in, some by a teacher's hand; some leave; some of those come again. What each was answered last is what the roll call has to tell.</summary>
    public async Task ComeAndGo(IReadOnlyList<GateLine> lines)
    {
        for (var pupil = 1; pupil <= Pupils; pupil++)
        {
            if (pupil % 5 == 4) await Admit(lines[pupil % lines.Count], pupil);
            else await Tap(lines[pupil % lines.Count], pupil, Direction.In);
            if (pupil % 3 == 1) await Tap(lines[(pupil + 7) % lines.Count], pupil, Direction.Out);
            if (pupil % 6 == 1) await Tap(lines[(pupil + 14) % lines.Count], pupil, Direction.In);
        }

        (await lines[0].Tap(Request(lines[0], WithoutRight, Direction.In))).Outcome.ShouldBe(Outcome.Refused);
    }

    /// <summary>The teacher has found some of those inside at the assembly point, or takes it back.</summary>
    public async Task MarkFound(GrpcChannel channel, Range places, bool isTakenBack = false)
    {
        foreach (var person in _inside.Values.Take(places).ToList())
        {
            var mark = new MarkFoundRequest { OperationId = _ids.Next(), BuildingId = Building, AccountNumber = person.AccountNumber, EmployeeCardUid = Uid(Teacher), TakenBack = isTakenBack };
            var marked = await Repeat.UntilAnswered(async () => await new SchoolService.SchoolServiceClient(channel).MarkFoundAsync(mark));
            marked.RefusalReason.ShouldBe(RefusalReason.Unspecified);
            (person.FoundTime, person.FoundByAccountNumber) = isTakenBack ? (null, 0) : (marked.EventTime, Number(Teacher));
        }
    }

    /// <summary>Everybody who is inside is on it, once and with all that is known of them, and nobody else.</summary>
    public async Task RollIsComplete(GrpcChannel channel)
    {
        var messages = await Repeat.UntilAnswered(async () =>
        {
            using var call = new SchoolService.SchoolServiceClient(channel).GetRollCall(new GetRollCallRequest { BuildingId = Building });
            return await call.ResponseStream.ReadAllAsync().ToListAsync();
        });

        messages.SelectMany(message => message.People).OrderBy(person => person.AccountNumber).ShouldBe(_inside.Values.OrderBy(person => person.AccountNumber));
        messages[0].Head.ShouldSatisfyAllConditions(
            head => head.Mode.ShouldBe(BuildingMode.Evacuation), head => head.InsideCount.ShouldBe(_inside.Count), head => head.FoundCount.ShouldBe(_inside.Values.Count(person => person.FoundTime is not null)));
    }

    private async Task Tap(GateLine line, int pupil, Direction direction)
    {
        var answer = await line.Tap(Request(line, pupil, direction));
        answer.Outcome.ShouldBe(Outcome.Admitted);
        See(line, pupil, direction, answer.EventTime);
    }

    private async Task Admit(GateLine line, int pupil)
    {
        var answer = await new GateService.GateServiceClient(line.Channel).AdmitManuallyAsync(new AdmitManuallyRequest
        {
            OperationId = _ids.Next(), DeviceId = line.Gate, AccountNumber = Number(pupil), Direction = Direction.In, EmployeeCardUid = Uid(Teacher), Reason = "The card is at home",
        });
        answer.Outcome.ShouldBe(Outcome.Admitted);
        See(line, pupil, Direction.In, answer.EventTime);
    }

    private void See(GateLine line, int pupil, Direction direction, Google.Protobuf.WellKnownTypes.Timestamp at)
    {
        if (direction == Direction.Out) _inside.Remove(pupil);
        else _inside[pupil] = new RollCallPerson { AccountNumber = Number(pupil), GroupKey = Group(pupil), LastPassageTime = at, GateDeviceId = line.Gate };
    }

    private TapRequest Request(GateLine line, int person, Direction direction) =>
        new() { OperationId = _ids.Next(), DeviceId = line.Gate, CardUid = Uid(person), Direction = direction };

    private static IEnumerable<Row> RowsOf(int person)
    {
        yield return new Row
        {
            Account = new Account { AccountNumber = Number(person), Kind = person == Teacher ? AccountKind.Employee : AccountKind.Pupil, TimeZone = Zone, GroupKey = Group(person) },
        };
        yield return new Row
        {
            Card = new Card
            {
                CardUid = Uid(person), Kind = CardKind.SchoolCard, State = person == WithoutRight ? CardState.Lost : CardState.Active, AccountNumber = Number(person), HomeBuildingId = Building,
            },
        };
    }

    private static string Group(int person) => person == Teacher ? "" : Groups[person % Groups.Length];

    private static long Number(int person) => AccountNumber.FromSerial(1_000 + person).Value;

    private static ByteString Uid(int person) => ByteString.CopyFrom(BitConverter.GetBytes(Number(person)));
}
