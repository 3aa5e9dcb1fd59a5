using Microsoft.Extensions.Time.Testing;
using Zvonok.Grains.Notices;

namespace Zvonok.Grains.Tests.Notices;

[Trait("Rule", "A6")]
public sealed class NoticePaceTests
{
    private readonly FakeTimeProvider _time = new();
    private bool _isBusy;

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 4)]
    public void After_a_second_s_worth_it_is_its_pace_and_a_quarter_of_it_while_operations_wait(bool isBusy, int secondsForHundred)
    {
        var pace = new NoticePace(100, _time, () => _isBusy);
        _time.Advance(TimeSpan.FromSeconds(1));
        pace.Take(100, CancellationToken.None).IsCompleted.ShouldBeTrue("after a rest a second's worth goes at once");
        _isBusy = isBusy;

        var next = pace.Take(100, CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(secondsForHundred) - TimeSpan.FromMilliseconds(1));
        next.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        next.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void A_rest_saves_no_more_than_a_second_s_worth()
    {
        var pace = new NoticePace(100, _time, () => _isBusy);
        _time.Advance(TimeSpan.FromHours(1));

        pace.Take(100, CancellationToken.None).IsCompleted.ShouldBeTrue();
        pace.Take(1, CancellationToken.None).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void Nothing_need_not_wait()
    {
        var pace = new NoticePace(100, _time, () => _isBusy);
        pace.Take(1_000, CancellationToken.None).IsCompleted.ShouldBeFalse();

        pace.Take(0, CancellationToken.None).IsCompleted.ShouldBeTrue();
    }
}
