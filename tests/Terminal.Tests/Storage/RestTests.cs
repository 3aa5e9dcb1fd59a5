using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Zvonok.Domain.Operations;
using Zvonok.Terminals.Storage;

namespace Zvonok.Terminals.Tests.Storage;

/// <summary>What was written to the log goes to its place when nobody is at the terminal, so that nobody waits for it.</summary>
[Trait("Rule", "O2")]
public sealed class RestTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new("zvonok-rest");
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_queue_is_in_the_file_itself_after_a_rest_and_not_before()
    {
        using var keeper = Opened();
        keeper.Append(Operation(), [1], null).ShouldBeTrue();
        _time.Advance(TimeSpan.FromMilliseconds(100));
        keeper.Rest();
        InFileAlone().ShouldBe(0);

        _time.Advance(TimeSpan.FromSeconds(1));
        keeper.Rest();
        InFileAlone().ShouldBe(1);
    }

    [Fact]
    public void Who_comes_after_a_rest_is_kept_as_well()
    {
        using (var keeper = Opened())
        {
            for (var n = 0; n < 5; n++)
            {
                keeper.Append(Operation(), [1], null).ShouldBeTrue();
                _time.Advance(TimeSpan.FromSeconds(1));
                keeper.Rest();
            }

            keeper.Append(Operation(), [1], null).ShouldBeTrue();
        }

        using var again = Opened();
        again.Queued.ShouldBe(6);
    }

    private static OperationId Operation() => OperationId.FromGuid(Guid.CreateVersion7());

    private string File => Path.Combine(_directory.Path, "terminal.db");

    private Keeper Opened() => new(File, _time, NullLogger.Instance);

    // Without the log beside it.
    private long InFileAlone()
    {
        var copy = Path.Combine(_directory.Path, $"{Guid.NewGuid():N}.db");
        System.IO.File.Copy(File, copy);
        using var alone = TerminalStore.Open(copy);
        return alone.Load().Queued;
    }
}
