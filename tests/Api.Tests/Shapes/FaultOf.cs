using Google.Rpc;

namespace Zvonok.Api.Tests.Shapes;

/// <summary>How a call failed, with its details.</summary>
internal static class FaultOf
{
    public static async Task<Google.Rpc.Status> Call(Func<Task> call, StatusCode expected)
    {
        var fault = await Should.ThrowAsync<RpcException>(call);
        fault.StatusCode.ShouldBe(expected, fault.Status.Detail);
        var status = fault.GetRpcStatus() ?? new Google.Rpc.Status { Code = (int)fault.StatusCode, Message = fault.Status.Detail };
        status.Code.ShouldBe((int)expected);
        status.Message.ShouldNotBeEmpty();
        return status;
    }

    /// <summary>The call fails, names this field alone, and says what to do instead.</summary>
    public static async Task Names(string field, Func<Task> call)
    {
        var status = await Call(call, StatusCode.InvalidArgument);
        var violation = FieldOf(status);
        violation.Field.ShouldBe(field);
        violation.Description.ShouldMatch("should be .+|: .+", "What to do instead has to be said.");
        status.Message.ShouldStartWith(field);
    }

    /// <summary>The only field that a status names.</summary>
    public static BadRequest.Types.FieldViolation FieldOf(Google.Rpc.Status status) =>
        status.GetDetail<BadRequest>().ShouldNotBeNull().FieldViolations.ShouldHaveSingleItem();
}
