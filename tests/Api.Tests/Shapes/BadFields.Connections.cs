using Google.Protobuf.WellKnownTypes;
using Zvonok.Domain;
using Till1 = Zvonok.Till.V1;

namespace Zvonok.Api.Tests.Shapes;

// What devices say about themselves on their streams.
internal static partial class BadFields
{
    public static readonly BadField<Zvonok.Gate.V1.Hello>[] GateHello =
    [
        new("device_ids", "missing", (hello, _) => hello.DeviceIds.Clear()),
        new("device_ids", "too many", (hello, _) => hello.DeviceIds.Add(Enumerable.Range(10_000, 64))),
        new("device_ids[1]", "zero", (hello, _) => hello.DeviceIds.Add(0)),
        new("device_ids[1]", "too large", (hello, _) => hello.DeviceIds.Add(Limits.IdMax + 1)),
        new("device_ids[1]", "twice", (hello, _) => hello.DeviceIds.Add(Given.Gate)),
        new("device_ids[1]", "a till", (hello, _) => hello.DeviceIds.Add(Given.Till)),
        new("device_ids[1]", "of another building", (hello, _) => hello.DeviceIds.Add(Given.ClubGate)),
        .. Queues<Zvonok.Gate.V1.Hello>((hello, facts) => hello.QueuedFacts = facts),
        new("list_version", "negative", (hello, _) => (hello.ListKeyId, hello.ListVersion) = (1, -1)),
        new("list_key_id", "of no list that it has", (hello, _) => hello.ListVersion = 1),
    ];

    public static readonly BadField<Zvonok.Gate.V1.Heartbeat>[] GateHeartbeat =
    [
        .. Clocks<Zvonok.Gate.V1.Heartbeat>((heartbeat, time) => heartbeat.DeviceTime = time),
        .. Queues<Zvonok.Gate.V1.Heartbeat>((heartbeat, facts) => heartbeat.QueuedFacts = facts),
        new("fire_input_device_ids", "too many", (heartbeat, _) => heartbeat.FireInputDeviceIds.Add(Enumerable.Range(10_000, 65))),
        new("fire_input_device_ids[0]", "zero", (heartbeat, _) => heartbeat.FireInputDeviceIds.Add(0)),
        new("fire_input_device_ids[0]", "of another stream", (heartbeat, _) => heartbeat.FireInputDeviceIds.Add(Given.ClubGate)),
        new("fire_input_device_ids[1]", "twice", (heartbeat, _) => heartbeat.FireInputDeviceIds.Add([Given.Gate, Given.Gate])),
    ];

    public static readonly BadField<Till1.Hello>[] TillHello =
    [
        .. Ids<Till1.Hello>("device_id", (hello, id) => hello.DeviceId = id),
        new("device_id", "a gate", (hello, _) => hello.DeviceId = Given.Gate),
        .. Queues<Till1.Hello>((hello, facts) => hello.QueuedFacts = facts),
        new("list_version", "negative", (hello, _) => (hello.ListKeyId, hello.ListVersion) = (1, -1)),
        new("list_key_id", "of no list that it has", (hello, _) => hello.ListVersion = 1),
    ];

    public static readonly BadField<Till1.Heartbeat>[] TillHeartbeat =
    [
        .. Clocks<Till1.Heartbeat>((heartbeat, time) => heartbeat.DeviceTime = time),
        .. Queues<Till1.Heartbeat>((heartbeat, facts) => heartbeat.QueuedFacts = facts),
    ];

    private static IEnumerable<BadField<T>> Clocks<T>(Action<T, Timestamp> set) =>
    [
        new("device_time", "after the year 9999", (request, _) => set(request, new() { Seconds = long.MaxValue })),
        new("device_time", "of no second", (request, _) => set(request, new() { Nanos = -1 })),
    ];

    private static IEnumerable<BadField<T>> Queues<T>(Action<T, long> set) =>
    [
        new("queued_facts", "negative", (request, _) => set(request, -1)),
        new("queued_facts", "too many", (request, _) => set(request, 1_000_001)),
    ];
}
