using Zvonok.Gate.V1;
using Zvonok.Load.Devices;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace Zvonok.Load.Uploads;

/// <summary>
/// What a city's devices did in half an hour without a connection: every second pupil came to the gate, and every fourth bought: three facts for four pupils. Facts are made when they are asked for.
/// </summary>
/// <param name="city">Whose.</param>
/// <param name="ids">Of the operations.</param>
/// <param name="began">When the connection went.</param>
internal sealed class CityOutage(City city, OperationIds ids, Instant began)
{
    /// <summary>Every so many pupils one bought.</summary>
    public const int PupilsPerBuyer = 4;

    private const int PupilsPerComer = 2;
    private static readonly Duration Length = Duration.FromMinutes(30);

    /// <summary>Everybody who bought, whatever the till.</summary>
    public static IEnumerable<int> Buyers(City city) => Enumerable.Range(0, city.Plan.Pupils).Where(pupil => pupil % PupilsPerBuyer == 0);

    /// <summary>All devices, with what is in their queues.</summary>
    public IEnumerable<NewDevice> Devices()
    {
        var queued = city.Schools.SelectMany(school => Enumerable.Range(0, school.GateCount)
            .Select(gate => KeyValuePair.Create(school.Gate(gate), Comers(school, gate).LongCount()))
            .Append(KeyValuePair.Create(school.Till, Buyers(school).LongCount()))).ToDictionary();
        return NewDevice.All(city).Select(device => device with { Queued = queued.GetValueOrDefault(device.Device) });
    }

    /// <summary>The queue of a gate.</summary>
    public IEnumerable<Gate.V1.UploadFactsRequest> AtGate(School school, int gate, Direction direction) => Comers(school, gate).Select((pupil, index) => new Gate.V1.UploadFactsRequest
    {
        Position = index + 1,
        Passage = new PassageFact
        {
            OperationId = ids.Next(), DeviceId = school.Gate(gate).Value, CardUid = city.PupilAt(pupil).CardUid, Direction = direction, Outcome = Outcome.Admitted, EventTime = TimeOf(pupil, direction),
        },
    });

    /// <summary>The queue of a till.</summary>
    public IEnumerable<Till.V1.UploadFactsRequest> AtTill(School school) => Buyers(school).Select((pupil, index) =>
    {
        var sale = TillLink.Request(ids.Next(), school.Till, city.PupilAt(pupil).CardUid, Menu.LinesFor(pupil), began);
        sale.EventTime = TimeOf(pupil, Direction.In);
        return new Till.V1.UploadFactsRequest { Position = index + 1, Sell = sale };
    });

    private static IEnumerable<int> Buyers(School school) => Enumerable.Range(school.FirstPupil, school.PupilCount).Where(pupil => pupil % PupilsPerBuyer == 0);

    private static IEnumerable<int> Comers(School school, int gate) =>
        Enumerable.Range(school.FirstPupil, school.PupilCount).Where(pupil => pupil % PupilsPerComer == 0 && (pupil - school.FirstPupil) % school.GateCount == gate);

    // Whoever leaves does it afterwards.
    private Timestamp TimeOf(int pupil, Direction direction) =>
        Timestamp.FromDateTimeOffset((began + Length * (pupil % 1_000) / 1_000 + (direction == Direction.Out ? Length : Duration.Zero)).ToDateTimeOffset());
}
