using System.Diagnostics;
using Grpc.Net.Client;
using Zvonok.Domain.Buildings;
using Zvonok.Terminals.Tests.Cores;
using Direction = Zvonok.Gate.V1.Direction;

namespace Zvonok.Terminals.Tests.Ends;

/// <summary>Many terminals in one process, as a simulator has them.</summary>
[Trait("Rule", "O6")]
public sealed class ManyTests : IDisposable
{
    private const int Terminals = 300;
    private readonly TemporaryDirectory _directory = new("zvonok-many");
    private readonly School _school = new();

    public void Dispose()
    {
        _school.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Hundreds_of_terminals_share_threads_connections_and_what_is_on_their_list()
    {
        await using var core = new FakeCore(_school) { List = School.List(DeviceKind.Gate, SystemClock.Instance.GetCurrentInstant(), Enumerable.Range(1, 1_000).Select(person => School.Person(person))) };
        await core.Start();
        using var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true };
        using var channel = GrpcChannel.ForAddress(core.Address, new GrpcChannelOptions { HttpHandler = handler });
        var (threads, memory) = (Process.GetCurrentProcess().Threads.Count, GC.GetTotalMemory(forceFullCollection: true));
        var gates = Enumerable.Range(0, Terminals).Select(n => GateTerminal.Start(_school.Options(Path.Combine(_directory.Path, $"{n}.db"), isTill: false, core.Address) with
        {
            Devices = [n + 1], ChannelFactory = _ => channel,
        })).ToList();
        try
        {
            await Eventually.Holds(() => gates.TrueForAll(gate => gate.Status is { IsConnected: true, ListVersion: 1 }), "all should be connected");
            (Process.GetCurrentProcess().Threads.Count - threads).ShouldBeLessThan(40);
            var each = (GC.GetTotalMemory(forceFullCollection: true) - memory) / Terminals;
            each.ShouldBeLessThan(150_000, "bytes of a terminal, its core's half of the stream in this process and its share of the list");

            await core.Stop();
            (await Task.WhenAll(gates.Select(gate => gate.Tap(School.Uid(7), Direction.In).AsTask()))).ShouldAllBe(decision => decision.IsAdmitted && decision.IsAlone && decision.IsDurable);
            await core.Start();
            await Eventually.Holds(() => gates.TrueForAll(gate => gate.Status.Queued == 0), "all should upload");
            core.Uploaded.Count.ShouldBe(Terminals);
        }
        finally
        {
            await Task.WhenAll(gates.Select(gate => gate.DisposeAsync().AsTask()));
        }
    }
}
