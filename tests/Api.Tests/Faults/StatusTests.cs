using System.Data.Common;
using Google.Rpc;

namespace Zvonok.Api.Tests.Faults;

/// <summary>What Orleans throws when it does not know what became of a call is no fault of the caller's: it repeats (D2).</summary>
[Trait("Rule", "D2")]
public sealed class StatusTests
{
    public static TheoryData<Exception> UnknownOutcomes => new()
    {
        new TimeoutException("Response did not arrive on time."),
        new SiloUnavailableException("The target silo became unavailable."),
        new OperationCanceledException("Message expired before placement could complete."),
        // Seed 10 of the chaos tool at dafd121: a silo that does not hear its database is asked where a grain lives.
        new MembershipUnreadException("The operation has timed out"),
    };

    [Theory]
    [MemberData(nameof(UnknownOutcomes))]
    public void An_unknown_outcome_is_unavailable(Exception exception)
    {
        var status = Hosting.Faults.StatusOf(exception).ShouldNotBeNull();
        status.Code.ShouldBe((int)Code.Unavailable);
        status.Message.ShouldContain("repeat");
    }

    private sealed class MembershipUnreadException(string message) : DbException(message);
}
