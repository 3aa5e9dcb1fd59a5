using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zvonok.Api.Hosting;
using Zvonok.Api.Tests.Servers;
using Zvonok.Gate.V1;
using Direction = Zvonok.Gate.V1.Direction;
using Status = Google.Rpc.Status;

namespace Zvonok.Api.Tests.Gates;

/// <summary>A terminal is gone in the middle of its upload: that is no fault of the server's, and nothing that it was told is lost.</summary>
[Trait("Rule", "O3")]
public sealed class HangUpTests
{
    private const int HungUp = 2001;

    [Fact]
    public async Task Whoever_hangs_up_in_the_middle_leaves_no_error_in_the_log_and_goes_on_with_the_next_call()
    {
        // All together fewer than may wait for one building.
        const int Calls = 20;
        const int FactsEach = 6;
        await using var server = await Server.Start();
        using var notes = new Notes();
        server.Services.GetRequiredService<ILoggerFactory>().AddProvider(notes);
        var pupil = await server.NewPupil();
        var at = server.Clock.GetCurrentInstant() - NodaTime.Duration.FromHours(1);
        var facts = Enumerable.Range(0, Calls * FactsEach).Select(n => GateUpload.Fact(n + 1, Given.Passage(server.NewId(), pupil, n % 2 == 0 ? Direction.In : Direction.Out, at + NodaTime.Duration.FromSeconds(n)))).ToArray();

        for (var call = 0; call < Calls; call++) await HangUp(server, facts.AsMemory(call * FactsEach, FactsEach));

        (await GateUpload.All(server, facts)).ShouldBeEmpty();
        // Every call is over then.
        await server.Stop();
        notes.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_breaks_is_no_fault_wherever_it_is_noticed_first(bool whileReading)
    {
        await using var server = await Server.Start();
        var (notes, call) = (new Notes(), new CancellationTokenSource());
        var upload = new Broken(server.Services.GetRequiredService<Door>(), notes);

        var failure = await Should.ThrowAsync<RpcException>(() => upload.Run(whileReading ? new Breaking() : new Endless(), new Gone(call), call.Token));

        failure.StatusCode.ShouldBe(StatusCode.Cancelled);
        (notes.Count(HungUp), notes.Errors).ShouldSatisfyAllConditions(seen => seen.Item1.ShouldBe(1), seen => seen.Errors.ShouldBeEmpty());
    }

    // As many as it likes are sent; it is gone as soon as it hears anything.
    private static async Task HangUp(Server server, ReadOnlyMemory<UploadFactsRequest> facts)
    {
        using var call = server.Gates.UploadFacts();
        for (var n = 0; n < facts.Length; n++) await call.RequestStream.WriteAsync(facts.Span[n]);
        (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
    }

    /// <summary>Takes whatever comes.</summary>
    private sealed class Broken(Door door, ILogger logger) : FactUpload<string, string>(door, "Upload", logger)
    {
        protected override long PositionOf(string request) => request.Length;

        protected override ValueTask<Status?> Merge(string request) => default;

        protected override string Acknowledged(long position, IReadOnlyList<(long Position, Status Error)> notTaken) => "";
    }

    /// <summary>The device's half breaks, as Kestrel says it, before its call is known to be over.</summary>
    private sealed class Breaking : IAsyncStreamReader<string>
    {
        public string Current => "";

        public Task<bool> MoveNext(CancellationToken cancellationToken) => throw new IOException("The client reset the request stream.");
    }

    /// <summary>The device says one thing, and no more.</summary>
    private sealed class Endless : IAsyncStreamReader<string>
    {
        public string Current { get; private set; } = "";

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (Current.Length > 0) await Task.Delay(Timeout.Infinite, cancellationToken);
            Current = "x";
            return true;
        }
    }

    /// <summary>When the server has something to say, the call is over.</summary>
    private sealed class Gone(CancellationTokenSource call) : IServerStreamWriter<string>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(string message)
        {
            call.Cancel();
            throw new InvalidOperationException("Can't write the message because the request is complete.");
        }

        public Task WriteAsync(string message, CancellationToken cancellationToken) => WriteAsync(message);
    }
}
