"""The first version of the consent: who holds the data, which, what for, for how long, and how to take it back.

Law of 14 April 2008 No. 58 and Government decree of 21 November 2017 No. 759; later versions are made in the admin.
"""

from datetime import date

from django.db import migrations

TEXT_KY = (
    "Аты-жөнүм, кызмат ордум, муниципалитетим, телефонум жана (көрсөтсөм) электрондук почтам, жынысым жана жаш курагым "
    "семинарды уюштуруу үчүн гана колдонулат: орун берүү, мага кабарлоо жана катышуучуларды эсептөө. Маалыматты "
    "семинардын уюштуруучусу өзү белгилеген мөөнөткө чейин сактайт жана эч жерде жарыялабайт; донорлорго жалпы сандар "
    "гана берилет. Макулдугумду каалаган убакта уюштуруучуга билдирип, кайтарып ала алам."
)
TEXT_RU = (
    "Мои имя, должность, муниципалитет, телефон и (если укажу) электронная почта, пол и возрастная группа используются "
    "только для проведения семинара: чтобы дать место, сообщать мне о семинаре и посчитать участников. Данные хранит "
    "организатор семинара в течение установленного им срока и нигде их не публикует; донорам передаются только общие "
    "числа. Согласие я могу отозвать в любое время, сообщив об этом организатору."
)


def add_first_version(apps, schema_editor):
    apps.get_model("participants", "ConsentText").objects.create(
        version=1, text_ky=TEXT_KY, text_ru=TEXT_RU, valid_from=date(2026, 1, 1)
    )


def remove_first_version(apps, schema_editor):
    apps.get_model("participants", "ConsentText").objects.filter(version=1).delete()


class Migration(migrations.Migration):
    dependencies = [("participants", "0001_initial")]

    operations = [migrations.RunPython(add_first_version, remove_first_version)]
