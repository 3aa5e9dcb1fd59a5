namespace Zvonok.Grains.Tests.Model.Naive;

/// <summary>What ought to be said to a command.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Facts">How many facts it has added; an answer without any that is no refusal is an earlier one, given again.</param>
/// <param name="ReusedField">When it is an error instead: the field that was used before for something else.</param>
internal sealed record NaiveAnswer(AccountAnswer Answer, int Facts, string? ReusedField = null)
{
    public bool IsRefused => Answer.Refusal != AccountRefusal.None;
}
