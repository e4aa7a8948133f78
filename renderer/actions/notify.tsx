import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { SettingLinks } from '../components/setting-links'
import type { PageFailure } from '../connection/failure'

/** Shows a failure in its two sentences until it is closed. */
export function showFailure(failure: PageFailure): void {
  notifications.show({
    id: `failure-${failure.code}`,
    color: 'red',
    autoClose: 12_000,
    title: i18next.t(`failure.${failure.code}.what`),
    message: (
      <>
        {i18next.t(`failure.${failure.code}.todo`)} <SettingLinks code={failure.code} />
        {failure.detail ? (
          <Text size="xs" lineClamp={4}>
            {failure.detail}
          </Text>
        ) : null}
      </>
    ),
    style: { whiteSpace: 'pre-line' },
  })
}

/** Says that something was done; with `undo`, a button that takes it back for ten seconds. */
export function showDone(message: string, undo?: () => void): void {
  const id = notifications.show({
    color: 'teal',
    autoClose: undo ? 10_000 : 4000,
    message: undo ? (
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <span>{message}</span>
        <Button
          flex="none"
          variant="default"
          size="compact-sm"
          onClick={() => {
            notifications.hide(id)
            undo()
          }}
        >
          {i18next.t('frame.undo')}
        </Button>
      </Group>
    ) : (
      message
    ),
  })
}
