using Microsoft.Extensions.Hosting;
using Zvonok.Api.Hosting;
using Zvonok.Api.Office;
using Zvonok.Api.Tests.Servers;
using Zvonok.Domain;
using Zvonok.Domain.Accounts;
using Zvonok.Grains.Reports;
using Zvonok.Office.V1;
using ClaimsLine = Zvonok.Grains.Reports.ClaimsLine;
using ExceptionsLine = Zvonok.Grains.Reports.ExceptionsLine;
using SettlementLine = Zvonok.Grains.Reports.SettlementLine;
using TrialBalanceLine = Zvonok.Grains.Reports.TrialBalanceLine;

namespace Zvonok.Api.Tests.Offices;

/// <summary>How a report is sent, without a server: in what messages, at whose pace, and until when.</summary>
[Trait("Rule", "M14")]
public sealed class ReportStreamTests : IDisposable
{
    private readonly CancellationTokenSource _server = new();
    private readonly Writer _writer = new();

    [Fact]
    public async Task Lines_go_in_messages_that_clients_take_and_the_sum_comes_last()
    {
        await Streams(new Lines(1_201)).SendTrialBalance(_writer, CancellationToken.None);

        _writer.Sent.Select(message => message.Lines.Count).ShouldBe([500, 500, 201, 0]);
        _writer.Sent.Select(message => message.HasSumKopecks).ShouldBe([false, false, false, true]);
        _writer.Sent[^1].SumKopecks.ShouldBe(1_201);
    }

    [Fact]
    [Trait("Rule", "D3")]
    public async Task No_more_is_read_than_a_reader_takes()
    {
        var lines = new Lines(int.MaxValue);
        _writer.IsHeld = true;
        using var client = new CancellationTokenSource();

        var sending = Streams(lines).SendTrialBalance(_writer, client.Token);

        sending.IsCompleted.ShouldBeFalse();
        lines.Read.ShouldBeLessThanOrEqualTo(501);
        await client.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(sending.WaitAsync(Server.Deadline));
    }

    [Fact]
    public async Task A_server_that_stops_ends_a_report_that_has_no_end()
    {
        _writer.AfterEach = _server.Cancel;

        await Should.ThrowAsync<OperationCanceledException>(Streams(new Lines(int.MaxValue)).SendTrialBalance(_writer, CancellationToken.None).WaitAsync(Server.Deadline));

        _writer.Sent.Count.ShouldBe(1);
    }

    public void Dispose() => _server.Dispose();

    private ReportStreams Streams(IReports reports) => new(reports, new LineStream(new Lifetime(_server.Token)));

    /// <summary>So many lines of one kopeck.</summary>
    private sealed class Lines(int count) : IReports
    {
        public int Read { get; private set; }

        public async IAsyncEnumerable<TrialBalanceLine> ReadTrialBalance([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
        {
            for (Read = 1; Read <= count; Read++)
            {
                stop.ThrowIfCancellationRequested();
                yield return new TrialBalanceLine(new Side(Purse.None, ContraAccount.Operator(Read)), new Money(1));
            }
        }

        public IAsyncEnumerable<SettlementLine> ReadSettlement(ContraSelection whose, Interval recorded, CancellationToken stop) => throw new NotSupportedException();

        public IAsyncEnumerable<ExceptionsLine> ReadExceptions(BuildingId? building, Interval recorded, CancellationToken stop) => throw new NotSupportedException();

        public IAsyncEnumerable<ClaimsLine> ReadClaims(ContraAccount? funder, LocalDate first, LocalDate last, CancellationToken stop) => throw new NotSupportedException();
    }

    private sealed class Writer : IServerStreamWriter<GetTrialBalanceResponse>
    {
        public List<GetTrialBalanceResponse> Sent { get; } = [];

        public bool IsHeld { get; set; }

        public Action AfterEach { get; set; } = () => { };

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(GetTrialBalanceResponse message) => WriteAsync(message, CancellationToken.None);

        public async Task WriteAsync(GetTrialBalanceResponse message, CancellationToken cancellationToken)
        {
            Sent.Add(message);
            if (IsHeld) await Task.Delay(Timeout.Infinite, cancellationToken);
            AfterEach();
        }
    }

    private sealed class Lifetime(CancellationToken stopping) : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => stopping;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => throw new NotSupportedException();
    }
}
