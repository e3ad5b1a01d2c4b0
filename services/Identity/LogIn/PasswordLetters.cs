using CrmPlatform.Identity.Mail;

namespace CrmPlatform.Identity.LogIn;

/// <summary>Mails that tell somebody what was done with their log-in, so that they see what they have not done.</summary>
internal static class PasswordLetters
{
    private const string Otherwise = "If it was not you, choose a new password at once, and tell who looks after your company's people.";

    public static Letter Changed(string email, Visit visit) => new(
        "passwordChanged", email, "Your password has changed", $"Your password was changed with {visit.Device}, from {visit.Address}.")
    {
        Below = [Otherwise],
    };

    public static Letter NewDevice(string email, Visit visit, DateTimeOffset at, string account) => new(
        "newDevice", email, "A log-in from a new device",
        $"You have logged in with {visit.Device}, from {visit.Address}, at {at.UtcDateTime:d MMM yyyy, HH:mm} UTC. You have not used this device before.")
    {
        Action = ("See where you are logged in", account),
        Below = [Otherwise],
    };

    public static Letter SecondFactor(string email, string what, Visit visit) => new(
        "secondFactor", email, $"Your log-in has changed: {what}", $"{what}. It was done with {visit.Device}, from {visit.Address}.")
    {
        Below = [Otherwise],
    };
}
